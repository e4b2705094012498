//! Ordered classes (类别), such as those of surface water, best first.

use crate::spelling::fold;

/// The classes of an indicator, best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes(Vec<Class>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Class {
    name: String,
    spellings: Vec<String>,
}

/// Surface-water classes (GB 3838—2002) and what is below the last of them, with the other
/// spellings that measured values have. A bare numeral is none: it may be a concentration.
const WATER: [&[&str]; 6] = [
    &["Ⅰ", "1类", "一类"],
    &["Ⅱ", "2类", "二类"],
    &["Ⅲ", "3类", "三类"],
    &["Ⅳ", "4类", "四类"],
    &["Ⅴ", "5类", "五类"],
    &["劣Ⅴ", "劣5类", "劣五类"],
];

impl Classes {
    /// Ⅰ, Ⅱ, Ⅲ, Ⅳ, Ⅴ, 劣Ⅴ.
    pub fn water() -> Self {
        Self(WATER.iter().filter_map(|spellings| Class::new(spellings)).collect())
    }

    /// The classes of these names.
    pub(super) fn new(names: &[String]) -> Self {
        Self(names.iter().filter_map(|name| Class::new(&[name])).collect())
    }

    /// The place in the order of the class that a text names, 0 being the best. `Ⅲ`, `III`,
    /// `Ⅲ类` and `Ⅲ类水质` name one class.
    pub fn find(&self, text: &str) -> Option<usize> {
        let whole = fold(text);
        let class = whole.trim_end_matches("水质").trim_end_matches('水');
        let bare = class.trim_end_matches('类');
        let is = |spelling: &str| {
            self.0.iter().position(|class| class.spellings.iter().any(|known| known == spelling))
        };
        is(&whole).or_else(|| is(class)).or_else(|| is(bare))
    }

    /// The name of a class.
    pub fn name(&self, rank: usize) -> Option<&str> {
        self.0.get(rank).map(|class| class.name.as_str())
    }

    /// Their names, best first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|class| class.name.as_str())
    }
}

impl Class {
    fn new<S: AsRef<str>>(spellings: &[S]) -> Option<Self> {
        Some(Self {
            name: spellings.first()?.as_ref().to_owned(),
            spellings: spellings.iter().map(|spelling| fold(spelling.as_ref())).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_class_are_one() {
        let water = Classes::water();
        for text in ["Ⅲ", "III", "iii", "Ⅲ类", "Ⅲ类水质", "3类", "三类"] {
            assert_eq!(water.find(text), Some(2), "{text}");
        }
        assert_eq!(water.find("劣Ⅴ类"), Some(5));
        assert_eq!(water.find("Ⅵ"), None);
        assert_eq!(water.find("3"), None);
        assert_eq!(water.find("3类水"), Some(2));
        let own = Classes::new(&["优".to_owned(), "良".to_owned()]);
        assert_eq!(own.find("良"), Some(1));
    }
}
