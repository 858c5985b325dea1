//! Faults on purpose, for the tests that see what the program does about a fault of its own. Not in
//! a release build.

/// Panics if `KILDE_PANIC` names `place` and this is the moment.
pub fn here(place: &str, now: bool) {
    if cfg!(debug_assertions) && now {
        let asked = std::env::var("KILDE_PANIC").is_ok_and(|value| value == place);
        assert!(!asked, "a fault in {place}, as asked");
    }
}
