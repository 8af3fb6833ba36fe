//! Sentences for what `app` and `school` give as data.

use flightpath_school::journal::Action;

use leptos_i18n::I18nContext;

use crate::i18n::{Locale, t_string};
use crate::platform::clock;

/// The context that sentences are made in.
pub type Words = I18nContext<Locale>;

/// What a person did, as the history says it.
pub fn action(i18n: Words, action: &Action) -> String {
    match action {
        Action::Import { file, new, changed } if file.is_empty() => {
            t_string!(i18n, words.did_paste, new = *new, changed = *changed).to_string()
        }
        Action::Import { file, new, changed } => t_string!(
            i18n,
            words.did_import,
            file = file.clone(),
            new = *new,
            changed = *changed
        )
        .to_string(),
        Action::SampleSchool => t_string!(i18n, words.did_sample_school).to_string(),
        Action::OpenFile { file } => {
            t_string!(i18n, words.did_open_file, file = file.clone()).to_string()
        }
        Action::Restore { file, made } => {
            let made = clock::local_text(*made, "en-GB");
            if file.is_empty() {
                t_string!(i18n, words.did_restore, made = made).to_string()
            } else {
                t_string!(
                    i18n,
                    words.did_restore_file,
                    file = file.clone(),
                    made = made
                )
                .to_string()
            }
        }
        Action::ChoosePolicy { pack } => {
            // Its key, in words: the packs themselves are a part that may not be here.
            let pack = pack.replace('-', " ");
            t_string!(i18n, words.did_choose_policy, pack = pack).to_string()
        }
        Action::EditPolicy { pack } => {
            t_string!(i18n, words.did_edit_policy, pack = pack.clone()).to_string()
        }
        Action::LoadFigures { file } => {
            t_string!(i18n, words.did_load_figures, file = file.clone()).to_string()
        }
        Action::Settings => t_string!(i18n, words.did_settings).to_string(),
        Action::SetTargets => t_string!(i18n, words.did_set_targets).to_string(),
        Action::TargetState { state } if state == "reviewed" => {
            t_string!(i18n, words.did_review_targets).to_string()
        }
        Action::TargetState { state } if state == "hidden" => {
            t_string!(i18n, words.did_hide_target).to_string()
        }
        Action::TargetState { state } if state == "shown" => {
            t_string!(i18n, words.did_show_target).to_string()
        }
        Action::TargetState { state } => {
            t_string!(i18n, words.did_target_state, state = state.clone()).to_string()
        }
        Action::Event { event, state } => t_string!(
            i18n,
            words.did_event,
            event = event.clone(),
            state = state.clone()
        )
        .to_string(),
        Action::JudgeAgain { event } => {
            t_string!(i18n, words.did_judge_again, event = event.clone()).to_string()
        }
        Action::Enter { event } => {
            t_string!(i18n, words.did_enter, event = event.clone()).to_string()
        }
        Action::OtherTargets => t_string!(i18n, words.did_other_targets).to_string(),
        Action::CohortTargets => t_string!(i18n, words.did_cohort_targets).to_string(),
        Action::Assessment { title, state } => {
            let title = title.clone();
            match state.as_str() {
                "added" => t_string!(i18n, words.did_assessment_added, title = title).to_string(),
                "removed" => {
                    t_string!(i18n, words.did_assessment_removed, title = title).to_string()
                }
                "boundaries" => {
                    t_string!(i18n, words.did_assessment_boundaries, title = title).to_string()
                }
                _ => t_string!(i18n, words.did_assessment_changed, title = title).to_string(),
            }
        }
        Action::Marks { title } if title.is_empty() => {
            t_string!(i18n, words.did_marks_of_several).to_string()
        }
        Action::Marks { title } => {
            t_string!(i18n, words.did_marks, title = title.clone()).to_string()
        }
        Action::ClassMean => t_string!(i18n, words.did_class_mean).to_string(),
        Action::FeedEvent { title, event } if title.is_empty() => {
            t_string!(i18n, words.did_feed_event_mean, event = event.clone()).to_string()
        }
        Action::FeedEvent { title, event } => t_string!(
            i18n,
            words.did_feed_event,
            event = event.clone(),
            title = title.clone()
        )
        .to_string(),
        Action::EditPupils => t_string!(i18n, words.did_edit_pupils).to_string(),
        Action::EditClasses => t_string!(i18n, words.did_edit_classes).to_string(),
        Action::Phrases => t_string!(i18n, words.did_phrases).to_string(),
        Action::Interventions => t_string!(i18n, words.did_interventions).to_string(),
        Action::RollOver { year } => {
            t_string!(i18n, words.did_roll_over, year = year.to_string()).to_string()
        }
        Action::Decide => t_string!(i18n, words.did_decide).to_string(),
        Action::Undo { .. } => t_string!(i18n, words.did_undo).to_string(),
        Action::Redo { .. } => t_string!(i18n, words.did_redo).to_string(),
    }
}
