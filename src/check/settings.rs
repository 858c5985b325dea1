//! What a library sets for its checks: `[check]` in `data/kilde.toml`.

use super::finding::Severity;
use super::rules::{RULES, Rule};
use crate::text::said::Said;
use std::collections::HashMap;

/// Rules turned off or given another weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `None`: the rule is off.
    severities: HashMap<String, Option<Severity>>,
}

impl Settings {
    /// Reads the table `[check]`, and says what in it means nothing.
    ///
    /// ```toml
    /// [check]
    /// off = ["language-missing"]
    /// error = ["doi-form"]
    /// ```
    pub fn read(table: &toml::Table) -> (Self, Vec<Said>) {
        let mut out = Self::default();
        let mut wrong = Vec::new();
        for (name, value) in table {
            let severity = match name.as_str() {
                "off" => None,
                other => match Severity::ALL.iter().find(|it| it.name() == other) {
                    Some(severity) => Some(*severity),
                    None => {
                        wrong.push(Said::new("check.setting-unknown").with("name", name));
                        continue;
                    }
                },
            };
            let rules = value.as_array().map(Vec::as_slice).unwrap_or_default();
            for id in rules.iter().filter_map(toml::Value::as_str) {
                if !RULES.iter().any(|rule| rule.id == id) {
                    wrong.push(Said::new("check.rule-unknown").with("rule", id));
                }
                out.severities.insert(id.to_owned(), severity);
            }
        }
        (out, wrong)
    }

    /// Whether the rule with this id is on; not for an id that is none.
    pub fn is_on(&self, id: &str) -> bool {
        RULES.iter().any(|rule| rule.id == id && self.severity(rule).is_some())
    }

    /// How grave `rule` is here; `None` where it is off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        match self.severities.get(rule.id) {
            Some(severity) => *severity,
            None => rule.severity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_turned_off_and_weighed_and_the_unknown_is_told() {
        let table: toml::Table =
            "off = ['title-stop', 'nonsense']\nerror = ['pages-dash']\nodd = 1".parse().unwrap();
        let (settings, wrong) = Settings::read(&table);
        let of = |id: &str| settings.severity(RULES.iter().find(|rule| rule.id == id).unwrap());
        assert_eq!(of("title-stop"), None);
        assert_eq!(of("pages-dash"), Some(Severity::Error));
        assert_eq!(wrong.len(), 2);
    }
}
