//! `group-depth`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "group-depth",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A group lies in 16 others or more.",
    why: "No assessment nests so deep: a list of groups was made by a program, or each names \
          the one before it by mistake.",
    bad: r#"
[[group]]
id = "g0"
title = "G0"

[[group]]
id = "g1"
title = "G1"
in = "g0"

[[group]]
id = "g2"
title = "G2"
in = "g1"

[[group]]
id = "g3"
title = "G3"
in = "g2"

[[group]]
id = "g4"
title = "G4"
in = "g3"

[[group]]
id = "g5"
title = "G5"
in = "g4"

[[group]]
id = "g6"
title = "G6"
in = "g5"

[[group]]
id = "g7"
title = "G7"
in = "g6"

[[group]]
id = "g8"
title = "G8"
in = "g7"

[[group]]
id = "g9"
title = "G9"
in = "g8"

[[group]]
id = "g10"
title = "G10"
in = "g9"

[[group]]
id = "g11"
title = "G11"
in = "g10"

[[group]]
id = "g12"
title = "G12"
in = "g11"

[[group]]
id = "g13"
title = "G13"
in = "g12"

[[group]]
id = "g14"
title = "G14"
in = "g13"

[[group]]
id = "g15"
title = "G15"
in = "g14"

[[group]]
id = "g16"
title = "G16"
in = "g15"

[[group]]
id = "g17"
title = "G17"
in = "g16"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "g17"
targets = { 2021-2025 = "<= 30" }
"#,
    good: r#"
[[group]]
id = "g0"
title = "G0"

[[indicator]]
id = "pm25"
name = "PM2.5"
unit = "μg/m³"
lead = ["市生态环境局"]
group = "g0"
targets = { 2021-2025 = "<= 30" }
"#,
    fix: None,
    by: By::Reader,
};
