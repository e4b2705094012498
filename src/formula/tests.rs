//! A small world: `a` to `d` are any numbers, `days` is 1 or more, `share` from 0 to 1, and so on.

use proptest::prelude::*;

use super::*;

impl Absent for String {
    fn finality(&self) -> Finality {
        if self == "final" { Finality::Final } else { Finality::Open }
    }
}

const NAMES: [&str; 12] = [
    "a",
    "b",
    "c",
    "d",
    "days",
    "share",
    "good-days",
    "优良天数",
    "air.pm25",
    "absent",
    "last_year",
    "state",
];

const ANY: (Kind, Range) = (Kind::Number, Range { least: None, most: None });

fn resolve(asked: Asked<'_>) -> Result<Known<String>, Unknown> {
    let dec = |text: &str| Some(text.parse().unwrap());
    let (kind, range) = match (asked.of, asked.name) {
        (None, "a" | "b" | "c" | "d" | "absent" | "strange id 3%") => ANY,
        (None, "days") => (Kind::Number, Range { least: dec("1"), most: dec("366") }),
        (None, "good-days" | "优良天数" | "air.pm25") => {
            (Kind::Number, Range { least: dec("0"), most: None })
        }
        (None, "share") => (Kind::Number, Range { least: dec("0"), most: dec("1") }),
        (None, "open") => (Kind::Truth, Range::default()),
        (Some("last_year"), "a" | "days") if asked.year.is_none() => ANY,
        (Some("in_year"), "a") if asked.year.is_some() => ANY,
        (Some("in_year"), "a") => return Err(Unknown::Other("`in_year` wants a year".into())),
        (Some("state"), "a") => (Kind::Text, Range::default()),
        (None | Some("last_year" | "in_year" | "state"), _) => return Err(Unknown::Name),
        (Some(_), _) => return Err(Unknown::Function),
    };
    let of = asked.of.map(|of| format!("{of}:")).unwrap_or_default();
    let year = asked.year.map(|year| format!(":{year}")).unwrap_or_default();
    Ok(Known { symbol: format!("{of}{}{year}", asked.name), kind, range })
}

fn parse(text: &str, wanted: Kind) -> Result<Formula<String>, FormulaError> {
    Formula::parse(text, wanted, &NAMES, &mut resolve)
}

#[allow(clippy::ptr_arg, reason = "a symbol is a `String` here, and this is called with one")]
fn look(symbol: &String) -> Result<Operand, String> {
    let number = match symbol.as_str() {
        "a" => "10",
        "b" => "-3",
        "c" => "2.5",
        "d" | "good-days" => "0",
        "days" => "365",
        "优良天数" => "330",
        "share" => "0.4",
        "air.pm25" => "31.40",
        "strange id 3%" => "7",
        "last_year:a" => "12",
        "in_year:a:2021" => "8",
        "open" => return Ok(Operand::Truth(true)),
        "state:a" => return Ok(Operand::Text("met".into())),
        _ => return Err(symbol.clone()),
    };
    Ok(Operand::Number(number.parse().unwrap()))
}

fn number(text: &str) -> Result<Decimal, Fault<String>> {
    parse(text, Kind::Number)
        .unwrap_or_else(|e| panic!("{text}: {e}"))
        .number(true, &look)
        .and_then(|found| found.decimal().ok_or(Fault::TooLarge))
}

fn truth(text: &str) -> Result<bool, Fault<String>> {
    parse(text, Kind::Truth).unwrap_or_else(|e| panic!("{text}: {e}")).truth(true, &look)
}

#[test]
fn numbers_are_worked_out_exactly_and_by_precedence() {
    for (text, value) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("10 - (4 - 3)", "9"),
        ("100 / 10 / 2 * 3", "15"),
        ("-2 * -3", "6"),
        ("--2", "2"),
        ("1 / 3 * 3", "1"),
        ("2 / 3", "0.6666666666666666666666666667"),
        ("-2 / 3", "-0.6666666666666666666666666667"),
        ("1000 / 3", "333.3333333333333333333333333"),
        ("1 / 8", "0.125"),
        ("a / 3 * 3", "10"),
        ("0.1 + 0.2", "0.3"),
        ("1.50 * 2", "3"),
        ("a × 2 ÷ 4 − 1", "4"),
        ("（a ＋ 2）＊ 2", "24"),
        ("95% * a", "9.5"),
        ("-5% * 100", "-5"),
        ("优良天数 / days * 100", "90.41095890410958904109589041"),
        ("air.pm25 - good-days", "31.4"),
        ("`strange id 3%` + 1", "8"),
        ("100-a", "90"),
        ("last_year(a) - in_year(`a`, 2021)", "4"),
        ("min(a, b, c)", "-3"),
        ("max(a, b, c)", "10"),
        ("abs(b) + abs(c)", "5.5"),
        ("floor(c) + ceil(c)", "5"),
        ("floor(-c)", "-3"),
        ("round(c, 0)", "2"),
        ("round(-3.5, 0)", "-4"),
        ("round(-2.5, 0)", "-2"),
        ("round(2.675, 2)", "2.68"),
        ("round(1 / 3, 10)", "0.3333333333"),
        ("if a > 5 { 1 } else { 0 } + 1", "2"),
        ("if a < 5 { absent } else if b < 0 { c } else { absent }", "2.5"),
        ("if state(a) == 'met' and not a < 0 { 1 } else { 0 }", "1"),
        ("0.0000000000000000000000000001 * 1", "0.0000000000000000000000000001"),
        ("0.0000000000000000000000000001 * 15%", "0"),
        ("999999999999999.9999999999999", "999999999999999.9999999999999"),
    ] {
        assert_eq!(number(text).map(|number| number.to_string()), Ok(value.into()), "{text}");
    }
    let rounded = parse("round(c, 0) + round(-c, 0) * 10", Kind::Number).unwrap();
    assert_eq!(rounded.number(false, &look).unwrap().decimal().unwrap().to_string(), "-27");
}

#[test]
fn conditions_hold_or_fail() {
    for (text, holds) in [
        ("a > 5", true),
        ("a ≥ 10 && a ≤ 10", true),
        ("a ≠ 10 || b == -3", true),
        ("a == 10.0", true),
        ("!(a > 5)", false),
        ("not a > 5 or open", true),
        ("1 < 2 || absent > 0", true),
        ("1 > 2 && absent > 0", false),
        ("1 > 2 && absent > 0 || open", true),
        ("state(a) == \"met\"", true),
        ("state(a) != 'met'", false),
        ("if open { a > 0 } else { a < 0 }", true),
    ] {
        assert_eq!(truth(text), Ok(holds), "{text}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    assert_eq!(number("absent + 1"), Err(Fault::Absent("absent".into())));
    assert_eq!(truth("absent > 1"), Err(Fault::Absent("absent".into())));
    assert_eq!(number("1000000 * 1000000000"), Err(Fault::TooLarge));
    assert_eq!(number("999999999999999.9 + 0.1"), Err(Fault::TooLarge));
    assert_eq!(
        number("999999999999999.9999999999999 + 0.00000000000001 * 9.9999"),
        Err(Fault::TooLarge)
    );
    assert_eq!(number("-999999999999999 - 1"), Err(Fault::TooLarge));
    let formula = parse("a / days", Kind::Number).unwrap();
    let zero = |_: &String| Ok::<_, String>(Operand::Number(Decimal::ZERO));
    assert_eq!(formula.number(true, &zero), Err(Fault::DivisionByZero));
    assert_eq!(formula.truth(true, &look), Err(Fault::OtherKind));
    let text = |_: &String| Ok::<_, String>(Operand::Text("x".into()));
    assert_eq!(formula.number(true, &text), Err(Fault::OtherKind));
}

/// The place of an error, its message, and its help.
fn fault(text: &str, wanted: Kind) -> (String, String, String) {
    let error = parse(text, wanted).expect_err(text);
    let place = text.get(error.range.clone()).expect("a place in the text");
    (place.to_owned(), error.message, error.help)
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    use Kind::{Number, Truth};
    for (text, wanted, place, message, help) in [
        ("", Number, "", "the formula is empty", "write an expression"),
        ("a +", Number, "", "the formula ends where a value is expected", "what is missing"),
        ("a + * b", Number, "*", "`*` stands where a value is expected", "take it out"),
        ("a b", Number, "b", "`b` stands where an operator or the end", "put an operator"),
        ("(a + b", Number, "", "the formula ends where `)` is expected", "what is missing"),
        ("a + b)", Number, ")", "`)` stands where an operator", "bracket is missing"),
        ("min(a,)", Number, ")", "`)` stands where a value", "bracket"),
        ("a %", Number, "%", "`%` stands where an operator", "behind a number"),
        ("a = 3", Number, "=", "`=` has no meaning", "`==`"),
        ("let x = 3; x", Number, "let", "`let` has no meaning", "one expression"),
        ("while a > 0 { a }", Number, "while", "`while` has no meaning", "loops"),
        ("a; b", Number, ";", "`;` has no meaning", "one expression"),
        ("a & b", Truth, "&", "`&` has no meaning", "`&&`"),
        ("a ? b : c", Number, "?", "`?` has no meaning", "`if … { … } else { … }`"),
        ("a == “x”", Truth, "“", "`“` has no meaning", "straight"),
        ("９ + a", Number, "９", "`９` has no meaning", "half width"),
        ("\u{7}", Number, "\u{7}", "`\\u{7}` has no meaning", "backticks"),
        ("a + 1e3", Number, "1e3", "`1e3` is neither", "plain decimals"),
        ("5. + a", Number, "5.", "`5.` is neither", "plain decimals"),
        ("2021x", Number, "2021x", "`2021x` is neither", "backticks"),
        ("a * 1000000000000000", Number, "1000000000000000", "numbers must be", "shorter"),
        ("a == 'met", Truth, "'met", "the text that begins here has no end", "end it with '"),
        ("`met", Number, "`met", "the name that begins here has no end", "end it with `"),
        ("0 < a < 5", Truth, "<", "comparisons cannot be chained", "a < b && b < c"),
        ("if a > 0 { 1 }", Number, "", "the `if` has no `else`", "if … { … } else { … }"),
        ("if a > 0 1 else 2", Number, "1", "`1` stands where `{`", "operator"),
        (
            "if a { 1 } else { 2 }",
            Number,
            "a",
            "a condition is expected, but `a` is a number",
            "`a > 0`",
        ),
        (
            "a > 0",
            Number,
            "a > 0",
            "a number is expected, but `a > 0` is a condition",
            "if a > 0 { 1 }",
        ),
        (
            "a + state(a)",
            Number,
            "state(a)",
            "a number is expected, but `state(a)` is a text",
            "==",
        ),
        ("a", Kind::Text, "a", "a text is expected, but `a` is a number", "quotation marks"),
        ("a + (b > 0)", Number, "b > 0", "a number is expected", "if b > 0"),
        ("a && b > 0", Truth, "a", "a condition is expected", "a > 0"),
        ("if open { 1 } else { 'x' }", Number, "'x'", "a number is expected", "=="),
        ("state(a) > 'met'", Truth, "state(a) > 'met'", "texts have no order", "`==`"),
        ("state(a) == 3", Truth, "state(a) == 3", "a text is compared with a number", "numbers"),
        ("open == (a > 0)", Truth, "open == (a > 0)", "conditions are not compared", "&&"),
        (
            "good-day * 2",
            Number,
            "good-day",
            "nothing has the name `good-day`",
            "did you mean `good-days`",
        ),
        ("优良天 * 2", Number, "优良天", "nothing has the name", "did you mean `优良天数`"),
        ("a-1", Number, "a-1", "nothing has the name `a-1`", "blanks around the minus: `a - 1`"),
        ("days-good-days", Number, "days-good-days", "nothing", "`days - good-days`"),
        ("last_year(zzz)", Number, "zzz", "nothing has the name `zzz`", "defined"),
        ("last_yaer(a)", Number, "last_yaer", "no function has the name", "`last_year`"),
        ("rond(a, 2)", Number, "rond", "no function has the name", "`round`"),
        ("sqrt(a + 1)", Number, "sqrt", "no function has the name `sqrt`", "functions"),
        (
            "last_year(a + 1)",
            Number,
            "last_year(a + 1)",
            "`last_year` is asked of a name",
            "last_year(name)",
        ),
        ("in_year(a, 3)", Number, "in_year(a, 3)", "`in_year` is asked of a name", "2021"),
        ("in_year(a)", Number, "in_year(a)", "`in_year` wants a year", ""),
        (
            "min(a)",
            Number,
            "min(a)",
            "`min` takes two numbers or more, and here are 1",
            "min(a, b)",
        ),
        ("abs(a, b)", Number, "abs(a, b)", "`abs` takes one number, and here are 2", "abs(a)"),
        ("round(a)", Number, "round(a)", "`round` takes a number and its digits", "round(a, 2)"),
        ("round(a, 11)", Number, "11", "the digits of `round`", "round(a, 2)"),
        ("round(a, b)", Number, "b", "the digits of `round`", "round(a, 2)"),
    ] {
        let (found, says, helps) = fault(text, wanted);
        assert_eq!(found, place, "{text}: {says}");
        assert!(says.starts_with(message), "{text}: {says}");
        assert!(helps.contains(help), "{text}: {helps}");
    }
}

#[test]
fn divisors_that_cannot_be_0_are_accepted() {
    for text in [
        "a / days",
        "a / 4",
        "a / -days",
        "a / (days + good-days)",
        "a / (days * days)",
        "a / (1 + share)",
        "a / (2 - share)",
        "a / max(1, b)",
        "a / (abs(b) + 0.1)",
        "a / ceil(days / 2)",
        "a / (1 / days)",
        "a / round(days + 0.5, 0)",
        "if b != 0 { a / b } else { 0 }",
        "if b ≠ 0 { a / (b * b) } else { 0 }",
        "if b > 0 { a / b } else { 0 }",
        "if b < 0 { a / b } else { 0 }",
        "if b >= 1 { a / b } else { 0 }",
        "if 0 < b { a / (2 * b) } else { 0 }",
        "if b > 0 && c > 0 { a / b + a / (b + c) } else { 0 }",
        "if b == 0 { 0 } else { a / b }",
        "if b <= 0 { 0 } else { a / b }",
        "if b == 0 || c == 0 { 0 } else { a / b / c }",
        "if !(b == 0) { a / b } else { 0 }",
        "if b == 0 { 0 } else if c == 0 { 1 } else { a / b / c }",
        "if b == 5 { a / b } else { 0 }",
        "if b > days { a / b } else { 0 }",
        "if good-days + share != 0 { a / (good-days + share) } else { 0 }",
        "if b - c != 0 { a / (b - c) } else { 0 }",
        "if b != c { a / (b - c) } else { 0 }",
        "if b < c { a / (b - c) + a / (c - b) } else { 0 }",
        "if last_year(a) > 0 { a / last_year(`a`) } else { 0 }",
        "if b * c > 0 { if a > 1 { a / (b * c) } else { 1 } } else { 0 }",
        "a / (if b > 0 { b } else { 1 })",
        "if b > 0 && a / b > 2 { 1 } else { 0 }",
        "if b == 0 || a / b > 2 { 1 } else { 0 }",
        "if abs(b) > 0 { a / abs(b) } else { 0 }",
    ] {
        assert_eq!(parse(text, Kind::Number).map(|_| ()), Ok(()), "{text}");
    }
}

#[test]
fn divisors_that_may_be_0_are_refused() {
    for (text, divisor) in [
        ("a / b", "b"),
        ("a / good-days * 100", "good-days"),
        ("a / (days - 1)", "days - 1"),
        ("a / (days - good-days)", "days - good-days"),
        ("a / share", "share"),
        ("a / floor(share)", "floor(share)"),
        ("a / round(share, 0)", "round(share, 0)"),
        ("a / (1 - share)", "1 - share"),
        ("a / (b * b + share)", "b * b + share"),
        ("if b >= 0 { a / b } else { 0 }", "b"),
        ("if b > -1 { a / b } else { 0 }", "b"),
        ("if b != 1 { a / b } else { 0 }", "b"),
        ("if b != 0 { 0 } else { a / b }", "b"),
        ("if b > 0 || c > 0 { a / b } else { 0 }", "b"),
        ("if b == 0 && c == 0 { 0 } else { a / b }", "b"),
        ("(if b > 0 { 1 } else { 0 }) + a / b", "b"),
        ("if a / b > 0 && b > 0 { 1 } else { 0 }", "b"),
        ("if b > 0 { 1 } else if c > 0 { a / b } else { 0 }", "b"),
        ("if last_year(a) > 0 { 1 / a } else { 0 }", "a"),
        ("if b >= c { a / (b - c) } else { 0 }", "b - c"),
        ("if b > good-days { 1 } else { a / good-days }", "good-days"),
        ("a / last_year(days)", "last_year(days)"),
    ] {
        let (place, message, _) = fault(text, Kind::Number);
        assert_eq!(place, divisor, "{text}");
        assert!(message.ends_with(" 0"), "{text}: {message}");
    }
    let (_, message, help) = fault("a / good-days * 100", Kind::Number);
    assert_eq!(message, "the divisor `good-days` may be 0");
    assert_eq!(
        help,
        "say `least = 1` where it is defined, or guard it: `if good-days > 0 { … } else { … }`"
    );
    let (_, _, help) = fault("a / (b - c)", Kind::Number);
    assert_eq!(help, "guard it: `if b - c != 0 { … } else { … }`");
    assert_eq!(fault("a / (1 - 1)", Kind::Number).1, "the divisor `1 - 1` is 0");
}

#[test]
fn the_range_of_a_formula_holds_its_values() {
    for (text, least, most) in [
        ("share * 100", Some("0"), Some("100")),
        ("-share", Some("-1"), Some("0")),
        ("1 / days", Some("0.0027322404371584699453551913"), Some("1")),
        ("good-days + 1", Some("1"), None),
        ("a * a", None, None),
        ("good-days * 0", Some("0"), Some("0")),
        ("max(a, 0)", Some("0"), None),
        ("min(max(a, 0), 100)", Some("0"), Some("100")),
        ("abs(share - 3)", Some("2"), Some("3")),
        ("abs(share - 0.5)", Some("0"), Some("0.5")),
        ("round(share * 10 / 3, 1)", Some("0"), Some("3.4")),
        ("if a > 0 { 4 } else if a < -5 { 1 } else { 2 }", Some("1"), Some("4")),
        ("if a >= 3 && a <= 5 { a } else { 4 }", Some("3"), Some("5")),
    ] {
        let Range { least: low, most: high } = parse(text, Kind::Number).unwrap().range();
        let text_of = |end: Option<Decimal>| end.map(|end| end.to_string());
        assert_eq!(text_of(low).as_deref(), least, "{text}");
        assert_eq!(text_of(high).as_deref(), most, "{text}");
    }
    assert_eq!(parse("a > 0", Kind::Truth).unwrap().range(), Range::default());
}

#[test]
fn a_formula_is_told_in_words() {
    let spoken = Spoken {
        when: "if ",
        then: ": ",
        otherwise: "; otherwise ",
        and: " and ",
        or: " or ",
        not: "not ",
    };
    let told = |text| parse(text, Kind::Number).unwrap().told(&spoken, &|name| format!("<{name}>"));
    assert_eq!(
        told("if a > 5 && !(c < 2) { a * 2 } else if a == 1 { 0 } else { a / (days * 2) }"),
        "if <a> > 5 and not (<c> < 2): <a> × 2; otherwise if <a> = 1: 0; otherwise <a> ÷ (<days> × 2)"
    );
}

/// A condition that is decided by one of its parts, wherever that stands, needs no other.
#[test]
fn what_is_absent_matters_only_where_it_could_decide() {
    let truth = |text| parse(text, Kind::Truth).unwrap().truth(true, &look);
    for text in ["absent > 0 || a > 5", "a > 5 || absent > 0"] {
        assert_eq!(truth(text), Ok(true), "{text}");
    }
    for text in ["absent > 0 && a > 50", "a > 50 && absent > 0"] {
        assert_eq!(truth(text), Ok(false), "{text}");
    }
    for text in ["absent > 0 && a > 5", "a > 50 || absent > 0"] {
        assert!(matches!(truth(text), Err(Fault::Absent(_))), "{text}");
    }
}

#[test]
fn values_are_put_in() {
    let show = |symbol: &String| match look(symbol) {
        Ok(Operand::Number(number)) => crate::number::show(number),
        Ok(Operand::Text(text)) => format!("'{text}'"),
        Ok(Operand::Truth(truth)) => truth.to_string(),
        Ok(Operand::Exact(exact)) => format!("{exact:?}"),
        Err(_) => "?".to_owned(),
    };
    for (text, wanted, shown) in [
        ("优良天数/days*100", Kind::Number, Some("330 ÷ 365 × 100")),
        ("a - b", Kind::Number, Some("10 − (−3)")),
        ("b + a * b", Kind::Number, Some("−3 + 10 × (−3)")),
        ("-a + -(b)", Kind::Number, Some("−10 + (−(−3))")),
        ("(a + b) * 95%", Kind::Number, Some("(10 + −3) × 95%")),
        ("((a)) - (b - c) - (a * c)", Kind::Number, Some("10 − (−3 − 2.5) − 10 × 2.5")),
        ("a / (days / 2)", Kind::Number, Some("10 ÷ (365 ÷ 2)")),
        ("(a / days) * 2", Kind::Number, Some("10 ÷ 365 × 2")),
        ("min(a, round(air.pm25, 1))", Kind::Number, Some("min(10, round(31.40, 1))")),
        ("if a > 5 { a * c } else { absent }", Kind::Number, Some("10 > 5 ⇒ 10 × 2.5")),
        (
            "if a < 5 { a } else if c > 3 { 0 } else { 1 }",
            Kind::Number,
            Some("10 ≥ 5, 2.5 ≤ 3 ⇒ 1"),
        ),
        // What did not hold, in its tightest form; one part of several that fails is enough.
        ("if a >= 95 {3} else if a >= 90 {2} else {1}", Kind::Number, Some("10 < 90 ⇒ 1")),
        (
            "if a <= 2 {3} else if a <= 5 {2} else if a > 1 {a} else {0}",
            Kind::Number,
            Some("10 > 5, 10 > 1 ⇒ 10"),
        ),
        ("if a > 9 && c > 3 {3} else if c > 3 {2} else {1}", Kind::Number, Some("2.5 ≤ 3 ⇒ 1")),
        ("if a < 9 || c > 3 {3} else {1}", Kind::Number, Some("10 ≥ 9, 2.5 ≤ 3 ⇒ 1")),
        ("if !(a > 9) {3} else {1}", Kind::Number, Some("10 > 9 ⇒ 1")),
        ("2 * if a > 5 { a + c } else { absent }", Kind::Number, Some("2 × (10 + 2.5)")),
        ("if absent > 5 { a * c } else { 0 }", Kind::Number, None),
        ("absent + 1", Kind::Number, Some("? + 1")),
        ("a >= 5 and (c <= 3 or a != 1)", Kind::Truth, Some("10 ≥ 5 && (2.5 ≤ 3 || 10 ≠ 1)")),
        ("not state(a) == \"met\"", Kind::Truth, Some("!('met' = 'met')")),
    ] {
        let formula = parse(text, wanted).unwrap();
        let shown = shown.map(|shown| shown.replace("+ −3)", "+ (−3))"));
        let found = formula.shown(true, &look, &show).map(|found| {
            match found.conditions.join(", ").as_str() {
                "" => found.terms,
                conditions => format!("{conditions} ⇒ {}", found.terms),
            }
        });
        assert_eq!(found, shown, "{text}");
    }
}

#[test]
fn symbols_come_in_the_order_of_the_text() {
    let text = "if b > 0 { last_year(a) } else if open && c != 1 { min(a, b) } else { -days }";
    let formula = parse(text, Kind::Number).unwrap();
    let symbols: Vec<_> = formula.symbols().map(String::as_str).collect();
    assert_eq!(symbols, ["b", "last_year:a", "open", "c", "a", "b", "days"]);
    assert_eq!(formula.text(), text);
}

fn fault_of(text: &str) -> String {
    parse(text, Kind::Number).map_or_else(|error| error.message, |_| String::new())
}

#[test]
fn every_length_and_depth_ends_well() {
    let nested = |open: &str, inner: &str, close: &str, times: usize| {
        format!("{}{inner}{}", open.repeat(times), close.repeat(times))
    };
    assert_eq!(number(&nested("(", "1", ")", 64)), Ok(Decimal::ONE));
    for deep in [
        nested("(", "1", ")", 65),
        nested("-", "1", "", 900),
        nested("!", "open", "", 900),
        nested("abs(", "1", ")", 300),
        nested("if a > 0 { ", "1", " } else { 1 }", 70),
    ] {
        let (_, message, _) = fault(&deep, Kind::Number);
        assert!(message.starts_with("more than 64"), "{deep}: {message}");
    }
    for (level, times) in [("1>0||open&&1<1+2*(", 12), ("1 + 2 * (", 31)] {
        let most = nested(level, "1", ")", times);
        assert!(!fault_of(&most).contains("64"), "{most}");
        assert!(fault_of(&nested(level, "1", ")", times + 1)).contains("64"), "{most}");
    }
    let every_level = nested("1<0||open&&1<1+2*if ", "open", "{1}else{2}", 10);
    assert_eq!(truth(&every_level), Ok(true));
    let formula = parse(&every_level, Kind::Truth).unwrap();
    assert_eq!(formula.clone(), formula);
    assert!(formula.shown(true, &look, &String::clone).is_some());
    let branches = format!("{}{{ 2 }}", "if a < 0 { 1 } else ".repeat(99));
    assert_eq!(number(&branches), Ok(Decimal::TWO));
    let sum = vec!["a"; 900].join("+");
    assert_eq!(number(&sum), Ok(Decimal::from(9000)));
    assert_eq!(number(&vec!["1"; 1000].join("*")), Ok(Decimal::ONE));
    assert_eq!(number(&vec!["9"; 1000].join("*")), Err(Fault::TooLarge));
    assert_eq!(number(&vec!["0.1"; 500].join("*")), Ok(Decimal::ZERO));
    assert_eq!(number(&vec!["0.1234567890123456789012345"; 70].join("*")), Err(Fault::TooLarge));
    let long = vec!["a"; 1001].join("+");
    assert_eq!(fault(&long, Kind::Number).1, "the formula is longer than 2000 bytes");
}

/// A fraction, for the evaluator that the real one is held against.
type Fraction = (i128, i128);

/// Terms joined by `+ - * /` without brackets but around a term that is a chain itself, and a
/// comparison that chooses.
#[derive(Clone, Debug)]
enum Term {
    Hundredths(i32),
    Symbol(usize),
    Chain(Box<Term>, Vec<(char, Term)>),
    Least(Box<Term>, Box<Term>),
    Choice(Box<[Term; 4]>),
}

/// `a` to `d`.
const VALUES: [(&str, i128, i128); 4] = [("a", 10, 1), ("b", -3, 1), ("c", 5, 2), ("d", 0, 1)];

impl Term {
    fn text(&self) -> String {
        match self {
            Self::Hundredths(n) => {
                let sign = if *n < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", n.abs() / 100, n.abs() % 100)
            }
            Self::Symbol(at) => VALUES[*at].0.to_owned(),
            Self::Chain(first, rest) => {
                let mut text = first.bracketed();
                for (operator, term) in rest {
                    let term = term.bracketed();
                    // A divisor that may be 0 is guarded.
                    text += &match operator {
                        '/' => format!(" / (if {term} != 0 {{ {term} }} else {{ 1 }})"),
                        _ => format!(" {operator} {term}"),
                    };
                }
                text
            }
            Self::Least(a, b) => format!("min({}, {})", a.text(), b.text()),
            Self::Choice(parts) => {
                let [a, b, then, or] = parts.each_ref().map(Self::text);
                format!("if {a} < {b} {{ {then} }} else {{ {or} }}")
            }
        }
    }

    fn bracketed(&self) -> String {
        match self {
            Self::Chain(..) => format!("({})", self.text()),
            _ => self.text(),
        }
    }

    fn value(&self) -> Option<Fraction> {
        match self {
            Self::Hundredths(n) => reduced(i128::from(*n), 100),
            Self::Symbol(at) => Some((VALUES[*at].1, VALUES[*at].2)),
            Self::Chain(first, rest) => {
                let (mut sum, mut product) = ((0, 1), first.value()?);
                for (operator, term) in rest {
                    let (n, d) = term.value()?;
                    match operator {
                        '*' => product = times(product, (n, d))?,
                        '/' if n == 0 => {}
                        '/' => product = times(product, (d, n))?,
                        _ => {
                            sum = plus(sum, product)?;
                            product = if *operator == '-' { (-n, d) } else { (n, d) };
                        }
                    }
                }
                plus(sum, product)
            }
            Self::Least(a, b) => {
                let (a, b) = (a.value()?, b.value()?);
                Some(if less(a, b)? { a } else { b })
            }
            Self::Choice(parts) => {
                let [a, b, then, or] = &**parts;
                if less(a.value()?, b.value()?)? { then.value() } else { or.value() }
            }
        }
    }
}

fn reduced(n: i128, d: i128) -> Option<Fraction> {
    let (mut a, mut b) = (n.checked_abs()?, d.checked_abs()?);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let sign = d.signum();
    Some((sign * n / a.max(1), sign * d / a.max(1)))
}

fn times((a, b): Fraction, (c, d): Fraction) -> Option<Fraction> {
    reduced(a.checked_mul(c)?, b.checked_mul(d)?)
}

fn plus((a, b): Fraction, (c, d): Fraction) -> Option<Fraction> {
    reduced(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?)
}

fn less((a, b): Fraction, (c, d): Fraction) -> Option<bool> {
    Some(a.checked_mul(d)? < c.checked_mul(b)?)
}

fn term() -> impl Strategy<Value = Term> {
    let leaf =
        prop_oneof![(-2000..2000).prop_map(Term::Hundredths), (0..4usize).prop_map(Term::Symbol)];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let rest = prop::collection::vec(
            (prop::sample::select(vec!['+', '-', '*', '/']), inner.clone()),
            1..4,
        );
        prop_oneof![
            3 => (inner.clone(), rest).prop_map(|(first, rest)| Term::Chain(Box::new(first), rest)),
            1 => (inner.clone(), inner.clone())
                .prop_map(|(a, b)| Term::Least(Box::new(a), Box::new(b))),
            1 => [inner.clone(), inner.clone(), inner.clone(), inner]
                .prop_map(|parts| Term::Choice(Box::new(parts))),
        ]
    })
}

proptest! {
    #[test]
    fn values_are_those_of_another_evaluator(term in term()) {
        let (text, value) = (term.text(), term.value());
        let deep = |error: &FormulaError| {
            error.message.starts_with("the formula is longer") || error.message.ends_with(" is 0")
        };
        match parse(&text, Kind::Number) {
            Ok(formula) => if let Some((n, d)) = value {
                let found = formula.number(true, &look).map(|found| found.decimal().unwrap());
                let limit = 10_i128.pow(15);
                prop_assume!(n.abs() < limit && d < limit);
                let found = found.map_err(|fault| TestCaseError::fail(format!("{text}: {fault:?}")))?;
                if d == 1 {
                    prop_assert_eq!(found, Decimal::from(n), "{}", text);
                }
                let expected = Decimal::from(n) / Decimal::from(d);
                prop_assert!((found - expected).abs() < Decimal::new(1, 12), "{}: {} {}", text, found, expected);
                let Range { least, most } = formula.range();
                prop_assert!(least.is_none_or(|least| least <= found), "{}: {} {:?}", text, found, least);
                prop_assert!(most.is_none_or(|most| found <= most), "{}: {} {:?}", text, found, most);
            },
            Err(error) => prop_assert!(deep(&error), "{}: {}", text, error),
        }
    }

    #[test]
    fn what_is_shown_reads_back_to_the_same_value(term in term()) {
        let text = term.text();
        if let Ok(formula) = parse(&text, Kind::Number) {
            let show = |symbol: &String| match look(symbol) {
                Ok(Operand::Number(number)) => crate::number::show(number),
                _ => String::new(),
            };
            let shown = formula.shown(true, &look, &show).unwrap().terms;
            if let Ok(again) = parse(&shown, Kind::Number) {
                prop_assert_eq!(again.number(true, &look), formula.number(true, &look), "{}", shown);
            }
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,60}") {
        check_places(&text)?;
    }

    #[test]
    fn no_pieces_of_formulas_panic(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "a", "days", "good-days", "优良天数", "state(a)", "last_year(", "min(", "round(", "if ",
            " else ", "{", "}", "(", ")", ",", "+", "-", "−", "*", "/", "%", "0", "1.5", "2021", "==",
            "≠", "<", ">=", "&&", " or ", "!", "not ", "'x'", "`", "\"", " ", "。", "let ", "。", "=",
        ]),
        0..40,
    )) {
        check_places(&pieces.concat())?;
    }
}

/// Whatever the text, an error has a place in it; what is read can be worked out and shown.
fn check_places(text: &str) -> Result<(), TestCaseError> {
    for kind in [Kind::Number, Kind::Truth, Kind::Text] {
        match parse(text, kind) {
            Ok(formula) => {
                let _ = (formula.number(true, &look), formula.truth(false, &look));
                let _ = formula.shown(true, &look, &|symbol| symbol.clone());
                prop_assert_ne!(formula.number(true, &look), Err(Fault::DivisionByZero));
            }
            Err(error) => prop_assert!(text.get(error.range.clone()).is_some(), "{error:?}"),
        }
    }
    Ok(())
}
