//! Reads figures one by one, each with its unit, standing and source.

use super::keys::{Key, MEMBERS};
use crate::domain::{Finding, Parameter, ParameterValue, Standing};
use crate::io::settings::{Setting, Settings};

/// A funding model under reading.
pub(super) struct Reader<'a> {
    pub(super) assumed: &'a [Setting],
    pub(super) settings: Settings<'a>,
    pub(super) parameters: Vec<Parameter>,
}

impl Reader<'_> {
    /// Several figures, in their order.
    pub(super) fn figures<const N: usize>(&mut self, keys: &[Key; N]) -> [f64; N] {
        keys.each_ref().map(|key| self.figure(key))
    }

    /// A figure with its unit, standing and source; it joins the list of parameters.
    pub(super) fn figure(&mut self, key: &Key) -> f64 {
        let at = format!("{}.value", key.key);
        let read = |s: &mut Settings<'_>| if key.least < 0.0 { s.signed(&at) } else { s.number(&at) };
        let Some(value) = self.described(key, read) else {
            return 0.0;
        };
        if !(key.least..=key.most).contains(&value) {
            let range = if key.most.is_finite() {
                format!("from {} to {}", key.least, key.most)
            } else {
                format!("of {} or more", key.least)
            };
            let message = format!("`{}` is {value}, which makes no sense", key.key);
            self.settings.refuse(&at, message, format!("give a number {range}"));
        }
        self.keep(key, ParameterValue::Number(value));
        value
    }

    /// What `read` gives where the key has all its members, each of which is checked.
    pub(super) fn described<T>(&mut self, key: &Key, read: impl FnOnce(&mut Settings<'_>) -> Option<T>) -> Option<T> {
        let at = |member: &str| format!("{}.{member}", key.key);
        if !self.settings.has(&key.key) && !self.settings.has(&at("value")) {
            self.settings.require(&key.key);
            return None;
        }
        let missing: Vec<&str> = MEMBERS
            .into_iter()
            .filter(|member| !self.settings.has(&at(member)))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{}` lacks its {}", key.key, missing.join(", "));
            let help = format!(
                "write {} = {{ value = …, unit = \"{}\", status = \"assumed\", source = \"why\" }}",
                key.key, key.unit
            );
            let place = self.settings.place_of(&key.key);
            self.settings
                .findings
                .push(Finding::error("F102", place, message, help));
            return None;
        }
        self.check_unit(key, &at("unit"));
        self.check_words(&at("status"), &at("source"));
        read(&mut self.settings)
    }

    fn check_unit(&mut self, key: &Key, at: &str) {
        if let Some(unit) = self.settings.text(at).filter(|unit| unit != key.unit) {
            let place = self.settings.place_of(at);
            let message = format!("`{}` is given in `{unit}`", key.key);
            let help = format!("give it in `{}`", key.unit);
            self.settings
                .findings
                .push(Finding::error("F103", place, message, help));
        }
    }

    fn check_words(&mut self, status: &str, source: &str) {
        if let Some(word) = self
            .settings
            .text(status)
            .filter(|word| Standing::from_word(word).is_none())
        {
            let message = format!("`{word}` is no standing of a figure");
            self.settings
                .refuse(status, message, "write \"published\" or \"assumed\"");
        }
        if self.settings.text(source).is_some_and(|text| text.trim().is_empty()) {
            let help = "say where the figure is published, or why it was assumed";
            self.settings.refuse(source, "the source is blank", help);
        }
    }

    /// Joins a figure to the list of parameters. One that was set beside the file is assumed, whatever the file says of its own.
    pub(super) fn keep(&mut self, key: &Key, value: ParameterValue) {
        let member = |member: &str| format!("{}.{member}", key.key);
        let set = self.assumed.iter().any(|setting| setting.gives(&member("value")));
        let text = |s: &mut Self, name: &str| s.settings.text(&member(name)).unwrap_or_default();
        let own = Standing::from_word(&text(self, "status")).unwrap_or(Standing::Assumed);
        let parameter = Parameter {
            key: key.key.to_string(),
            value,
            unit: key.unit.to_string(),
            source: if set {
                "set beside the file".into()
            } else {
                text(self, "source")
            },
            standing: if set { Standing::Assumed } else { own },
        };
        self.parameters.push(parameter);
    }

    pub(super) fn check_sum(&mut self, table: &str, shares: impl Iterator<Item = f64>) {
        let sum: f64 = shares.sum();
        if (sum - 1.0).abs() > 1e-6 {
            let place = self.settings.place_of(table);
            let message = format!("the shares of [{table}] add up to {}", (sum * 1e6).round() / 1e6);
            let help = "make them add up to 1";
            self.settings
                .findings
                .push(Finding::error("F101", place, message, help));
        }
    }
}

/// Pairs of numbers.
pub(super) fn points(settings: &Settings<'_>, key: &str) -> Option<Vec<(f64, f64)>> {
    let number = |value: &toml_edit::Value| {
        let number = value
            .as_float()
            .or_else(|| value.as_integer().map(|whole| whole as f64));
        number.filter(|number| number.is_finite() && *number >= 0.0)
    };
    let pair = |value: &toml_edit::Value| match value.as_array() {
        Some(pair) if pair.len() == 2 => Some((number(pair.get(0)?)?, number(pair.get(1)?)?)),
        _ => None,
    };
    let array = settings.value(key).and_then(toml_edit::Value::as_array);
    // What is no list of pairs is no curve, which the caller tells.
    Some(array.and_then(|all| all.iter().map(pair).collect()).unwrap_or_default())
}
