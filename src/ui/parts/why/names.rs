//! Names of colours, levels, people and duties.

use flightpath_school::model::scale::Position;
use flightpath_school::policy::{Obligation, Owner, Rag, Scope, Told};

use crate::i18n::t_string;
use crate::ui::say::Words;

/// The name of a colour.
pub fn colour_name(i18n: Words, rag: Rag) -> String {
    match rag {
        Rag::Green => t_string!(i18n, why.green),
        Rag::White => t_string!(i18n, why.white),
        Rag::Amber => t_string!(i18n, why.amber),
        Rag::Red => t_string!(i18n, why.red),
    }
    .to_owned()
}

/// The name of the level of the school at which a rule works.
pub fn scope_name(i18n: Words, scope: Scope) -> String {
    match scope {
        Scope::Subject => t_string!(i18n, why.scope_subject),
        Scope::KeyStage => t_string!(i18n, why.scope_key_stage),
        Scope::Tutor => t_string!(i18n, why.scope_tutor),
        Scope::Head => t_string!(i18n, why.scope_head),
    }
    .to_owned()
}

/// Whose a pupil is.
pub fn owner_name(i18n: Words, owner: Owner) -> String {
    match owner {
        Owner::SubjectLeader => t_string!(i18n, why.owner_subject_leader),
        Owner::Coordinator => t_string!(i18n, why.owner_coordinator),
        Owner::Tutor => t_string!(i18n, why.owner_tutor),
        Owner::HeadOfHouse => t_string!(i18n, why.owner_head_of_house),
        Owner::Head => t_string!(i18n, why.owner_head),
    }
    .to_owned()
}

/// Somebody who is told.
pub fn told_name(i18n: Words, told: Told) -> String {
    match told {
        Told::Parents => t_string!(i18n, why.told_parents),
        Told::Tutor => t_string!(i18n, why.told_tutor),
        Told::Coordinator => t_string!(i18n, why.told_coordinator),
        Told::Head => t_string!(i18n, why.told_head),
    }
    .to_owned()
}

/// What a level of intervention obliges somebody to do.
pub fn obligation_name(i18n: Words, obligation: Obligation) -> String {
    match obligation {
        Obligation::TalkWithPupil => t_string!(i18n, why.obliges_talk_with_pupil),
        Obligation::ExtraWork => t_string!(i18n, why.obliges_extra_work),
        Obligation::TellParents => t_string!(i18n, why.obliges_tell_parents),
        Obligation::OneToOneOrWithdrawal => {
            t_string!(i18n, why.obliges_one_to_one_or_withdrawal)
        }
        Obligation::ConsentOfHead => t_string!(i18n, why.obliges_consent_of_head),
        Obligation::ConsentOfParents => t_string!(i18n, why.obliges_consent_of_parents),
        Obligation::InviteParents => t_string!(i18n, why.obliges_invite_parents),
        Obligation::InvolveSen => t_string!(i18n, why.obliges_involve_sen),
        Obligation::TellCoordinator => t_string!(i18n, why.obliges_tell_coordinator),
        Obligation::TellHead => t_string!(i18n, why.obliges_tell_head),
    }
    .to_owned()
}

/// A number of whole grades in words.
pub fn grades_words(i18n: Words, grades: Position) -> String {
    if grades == Position::from_whole_grades(1) {
        t_string!(i18n, why.grade_one).to_owned()
    } else {
        t_string!(i18n, why.grades_n, n = grades.to_string()).to_string()
    }
}
