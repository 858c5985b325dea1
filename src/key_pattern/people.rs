//! Values made of the people of an entry.

use crate::model::Name;
use crate::model::name::Names;

/// A family name as one word: particles and blanks out.
pub(super) fn family(name: &Name) -> String {
    name.family.chars().filter(|c| c.is_alphanumeric() || *c == '-').filter(|c| *c != '-').collect()
}

fn head(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// The value `name` (lower case, `edtr` read as `auth`); `None` where there is no such value.
pub(super) fn value(name: &str, names: &Names, args: &[usize]) -> Option<String> {
    let all: Vec<String> = names.names.iter().map(family).filter(|it| !it.is_empty()).collect();
    let more = names.others;
    let arg = |at: usize| args.get(at).copied().filter(|number| *number > 0);
    let first = all.first().cloned().unwrap_or_default();
    let initial = |name: &Name| head(&name.given, 1);
    Some(match name {
        "auth" | "pureauth" => {
            let which = all.get(arg(1).unwrap_or(1) - 1).cloned().unwrap_or_default();
            arg(0).map_or(which.clone(), |count| head(&which, count))
        }
        "authors" | "authorsn" => match arg(0) {
            Some(count) if all.len() > count || more => {
                format!("{}EtAl", all.iter().take(count).cloned().collect::<String>())
            }
            _ => all.concat(),
        },
        "authorlast" => all.last().cloned().unwrap_or_default(),
        "authforeini" => names.names.first().map(initial).unwrap_or_default(),
        "authorlastforeini" => names.names.last().map(initial).unwrap_or_default(),
        "authetal" | "auth.etal" | "authetal2" => {
            let (sign, tail) = if name == "authetal" { ("", "EtAl") } else { (".", "etal") };
            match all.as_slice() {
                [] | [_] if !more => first,
                [one, two] if !more => format!("{one}{sign}{two}"),
                _ => format!("{first}{sign}{tail}"),
            }
        }
        "auth.auth.ea" | "authauthea" => {
            let two = all.iter().take(2).cloned().collect::<Vec<_>>().join(".");
            if all.len() > 2 || more { format!("{two}.ea") } else { two }
        }
        "authshort" => match all.as_slice() {
            [one] if !more => one.clone(),
            [] => String::new(),
            _ => {
                let heads: String = all.iter().take(3).map(|it| head(it, 1)).collect();
                if all.len() > 3 || more { format!("{heads}+") } else { heads }
            }
        },
        "authorsalpha" => match all.as_slice() {
            [one] if !more => head(one, 3),
            many => {
                let count = if many.len() > 4 || more { 3 } else { 4 };
                let heads: String = many.iter().take(count).map(|it| head(it, 1)).collect();
                if many.len() > 4 || more { format!("{heads}+") } else { heads }
            }
        },
        "authini" => {
            // At most that many letters, shared out among the names.
            let most = arg(0).unwrap_or(1);
            let each = most / all.len().max(1);
            let rest = most % all.len().max(1);
            all.iter().enumerate().map(|(at, it)| head(it, each + usize::from(at < rest))).collect()
        }
        "authorini" => {
            let rest: String = all.iter().skip(1).map(|it| head(it, 1)).collect();
            format!("{}{rest}", head(&first, 5))
        }
        _ => return None,
    })
}

/// Whether there is a value of this name.
pub(super) fn is_known(name: &str) -> bool {
    value(name, &Names::default(), &[]).is_some()
}
