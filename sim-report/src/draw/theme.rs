//! Colours. Grey is the baseline, one accent is the what-if, and nothing else has a hue.

use super::scene::Ink;
use crate::figure::Role;

/// The what-if, on every page and on screen (`--accent` of the window): a blue that stays apart from the grey in every kind of colour blindness
/// and in print without colour.
pub const ACCENT: &str = "#1b5cd0";
/// The baseline, on every page and on screen (`--baseline` of the window).
pub const BASELINE: &str = "#8a867d";

/// For which paper a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Documents and slides: white.
    #[default]
    Light,
}

/// The colours of a theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Palette {
    pub paper: Ink,
    /// Titles and numbers.
    pub ink: Ink,
    /// Everything said more quietly.
    pub quiet: Ink,
    /// Gridlines.
    pub grid: Ink,
    /// The line on which dots and bars stand.
    pub ground: Ink,
    pub baseline: Ink,
    /// The baseline where text stands on it.
    pub baseline_dark: Ink,
    pub accent: Ink,
}

impl Theme {
    pub(crate) fn palette(self) -> Palette {
        match self {
            Theme::Light => Palette {
                paper: Ink(255, 255, 255),
                ink: hex("#1a1a18"),
                quiet: hex("#66625a"),
                grid: hex("#e8e5de"),
                ground: hex("#b9b4a9"),
                baseline: hex(BASELINE),
                baseline_dark: hex("#6b675f"),
                accent: hex(ACCENT),
            },
        }
    }
}

impl Palette {
    pub(crate) fn role(&self, role: Role) -> Ink {
        match role {
            Role::Baseline => self.baseline,
            Role::WhatIf => self.accent,
        }
    }

    /// The first of the colours in which a role's parts stand side by side.
    pub(crate) fn parts(&self, role: Role) -> Ink {
        match role {
            Role::Baseline => self.baseline_dark,
            Role::WhatIf => self.accent,
        }
    }

    /// The colour of text that names a role's marks.
    pub(crate) fn role_text(&self, role: Role) -> Ink {
        match role {
            Role::Baseline => self.quiet,
            Role::WhatIf => self.accent,
        }
    }

    /// Whichever of paper and ink reads better on a colour.
    pub(crate) fn on(&self, fill: Ink) -> Ink {
        if fill.contrast(self.paper) >= fill.contrast(self.ink) {
            self.paper
        } else {
            self.ink
        }
    }
}

fn hex(code: &str) -> Ink {
    let part = |i: usize| u8::from_str_radix(&code[i..i + 2], 16).expect("a colour of this file");
    Ink(part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_and_mark_has_the_contrast_that_wcag_asks_for() {
        let p = Theme::Light.palette();
        for text in [
            p.ink,
            p.quiet,
            p.role_text(Role::Baseline),
            p.role_text(Role::WhatIf),
        ] {
            assert!(text.contrast(p.paper) >= 4.5, "{text:?}");
        }
        for mark in [p.baseline, p.accent] {
            assert!(mark.contrast(p.paper) >= 3.0, "{mark:?}");
        }
        for mark in [p.parts(Role::Baseline), p.parts(Role::WhatIf)] {
            for white in crate::draw::stacks::SHADES {
                let fill = mark.tint(white);
                assert!(p.on(fill).contrast(fill) >= 4.5, "{mark:?} {white}");
            }
        }
    }
}
