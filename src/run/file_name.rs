//! File names from names that anybody may have written.

use std::collections::BTreeSet;

use assess::spelling::{fold, is_obeyed};

/// The longest name in bytes, without its ending.
const LONGEST: usize = 100;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Gives every name a file name of its own, also where letter case makes no difference.
#[derive(Default)]
pub(super) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// A file name, without an ending, that no other name has been given.
    pub(super) fn give(&mut self, name: &str) -> String {
        let name = safe(name);
        let numbered = |n: usize| if n == 1 { name.clone() } else { format!("{name}-{n}") };
        let mut candidates = (1..).map(numbered);
        let free = candidates.find(|candidate| self.taken.insert(fold(candidate)));
        free.unwrap_or(name)
    }
}

/// The name without what any system makes something else of.
fn safe(name: &str) -> String {
    let is_reserved = |c: char| is_obeyed(c) || r#"/\:*?"<>|"#.contains(c);
    let name: String = name.chars().map(|c| if is_reserved(c) { '_' } else { c }).collect();
    // `~` and `.` hide a file, or mark it as another's lock.
    let name = name.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '~'));
    let cut = name.get(..name.floor_char_boundary(LONGEST)).unwrap_or_default();
    let name = cut.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    if name.is_empty() || is_device(name) { format!("_{name}") } else { name.to_owned() }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let is_port = port.is_some_and(|n| n.chars().count() == 1 && n.contains(char::is_numeric));
    DEVICES.contains(&stem.as_str()) || is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_elsewhere() {
        for (name, file) in [
            ("市林业局", "市林业局"),
            ("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "_"),
            ("", "_"),
            (" .hidden. ", "hidden"),
            ("~$lock", "$lock"),
            ("a\u{0}\n\u{202e}b", "a___b"),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("COM1", "_COM1"),
            ("lpt¹", "_lpt¹"),
            ("COMMON", "COMMON"),
        ] {
            assert_eq!(safe(name), file, "{name:?}");
        }
        assert_eq!(safe(&"林".repeat(50)), "林".repeat(33));
    }

    #[test]
    fn no_two_names_share_a_file() {
        let mut names = FileNames::default();
        assert_eq!(names.give("A/B"), "A_B");
        assert_eq!(names.give("a:b"), "a_b-2");
        assert_eq!(names.give("A_B-2"), "A_B-2-2");
        assert_eq!(names.give("a*b"), "a_b-3");
    }
}
