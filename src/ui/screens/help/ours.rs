//! Which numbers are ours: where a school's paper gives only words, the page says so.

use leptos::prelude::*;

use super::pieces::note;
use crate::i18n::t_string;
use crate::ui::route::Walked;
use crate::ui::say::Words;

/// Of the ways to a target.
pub(super) fn targets(i18n: Words, walked: Walked) -> AnyView {
    let sentence = match walked {
        Walked::Bilingual => t_string!(i18n, help.o_bilingual_targets),
        Walked::Banded => t_string!(i18n, help.o_banded_targets),
        Walked::Personal => t_string!(i18n, help.o_personal_targets),
        Walked::Primary => t_string!(i18n, help.o_primary_targets),
        Walked::General => t_string!(i18n, help.o_general_targets),
    };
    note(i18n, sentence)
}

/// Of the dates, and of what may lie below target.
pub(super) fn year(i18n: Words, walked: Walked) -> AnyView {
    let sentence = match walked {
        Walked::Bilingual => t_string!(i18n, help.o_bilingual_year),
        Walked::Banded => t_string!(i18n, help.o_banded_year),
        Walked::Personal => t_string!(i18n, help.o_personal_year),
        Walked::Primary => t_string!(i18n, help.o_primary_year),
        Walked::General => t_string!(i18n, help.o_general_year),
    };
    note(i18n, sentence)
}

/// Of the colours.
pub(super) fn colours(i18n: Words, walked: Walked) -> AnyView {
    let sentence = match walked {
        Walked::Banded => t_string!(i18n, help.o_colours_described),
        Walked::Bilingual | Walked::Personal | Walked::Primary | Walked::General => {
            t_string!(i18n, help.o_colours)
        }
    };
    note(i18n, sentence)
}

/// Of the rules.
pub(super) fn rules(i18n: Words, walked: Walked) -> AnyView {
    let sentence = match walked {
        Walked::Bilingual => t_string!(i18n, help.o_bilingual_rules),
        Walked::Banded => t_string!(i18n, help.o_banded_rules),
        Walked::Personal | Walked::Primary | Walked::General => {
            t_string!(i18n, help.o_other_rules)
        }
    };
    note(i18n, sentence)
}

/// Of what follows a missed target.
pub(super) fn end(i18n: Words) -> AnyView {
    note(i18n, t_string!(i18n, help.o_end))
}

/// Of the groups.
pub(super) fn groups(i18n: Words) -> AnyView {
    note(i18n, t_string!(i18n, help.o_groups))
}
