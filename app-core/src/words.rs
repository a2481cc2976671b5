//! What is done to words before they are shown.

/// With a capital to begin with.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// With a small letter to begin with; an abbreviation stays as it is.
pub(crate) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    // "QA", "WIP" stay.
    match chars.clone().next() {
        Some(second) if second.is_uppercase() => text.to_owned(),
        _ => first.to_lowercase().chain(chars).collect(),
    }
}
