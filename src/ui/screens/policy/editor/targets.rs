//! Chains of methods, and who sets and changes targets.

use flightpath_school::model::scale::Position;
use flightpath_school::policy::{
    ApprovalFrom, Clamp, CohortTargets, GradeMeasure, Horizon, KeyStage, MonthDay, OtherMeasure,
    OtherTarget, OtherTargetKind, Party, PolicyPack, SCHOOL_PERCENTS, Selector, TargetChain,
    TargetLife,
};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{day, grade, pick, text, tick, tick_part, ticks};
use super::items::Items;
use super::lens::Lens;
use super::methods::method;
use super::scales::scale_options;
use super::who::who;
use crate::i18n::t_string;
use crate::ui::parts::{policy_words, practice_words as words};

/// A first day to choose from.
pub const SOME_DAY: MonthDay = MonthDay { month: 9, day: 1 };

/// The section of chains.
pub fn chains(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let items = Items {
        place: "targets".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.targets),
        one: t_string!(i18n, edit.one_chain),
        new: |_, _| TargetChain {
            when: Selector::default(),
            horizon: Horizon::EndOfYear,
            clamp: None,
            methods: Vec::new(),
        },
        ordered: true,
    };
    view! {
        <p class="hint">{t_string!(i18n, edit.chains_hint)}</p>
        {items.named(
            desk,
            |desk, chain| policy_words::who(desk.i18n, &chain.when, false),
            move |_, lens, place| chain(desk, &lens, place),
        )}
    }
    .into_any()
}

fn chain(desk: Desk, lens: &Lens<TargetChain>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let horizons = [
        Horizon::EndOfYear,
        Horizon::EndOfKeyStage,
        Horizon::Examination,
    ]
    .map(|horizon| (horizon, words::horizon(i18n, horizon).to_owned()))
    .to_vec();
    let methods = Items {
        place: at("methods"),
        lens: lens.part(|chain| &mut chain.methods),
        one: t_string!(i18n, edit.one_method),
        new: |_, _| flightpath_school::policy::TargetMethod::Teacher,
        ordered: true,
    };
    let clamp = lens.part(|chain| &mut chain.clamp);
    let limits = desk
        .peek(&clamp)
        .flatten()
        .map(|held| limits(desk, &clamp, place, &held));
    view! {
        {who(desk, &at("when"), &lens.part(|chain| &mut chain.when))}
        {pick(
            desk,
            t_string!(i18n, edit.horizon),
            &at("horizon"),
            horizons,
            lens.part(|chain| &mut chain.horizon),
            false,
        )}
        <p class="hint">{t_string!(i18n, edit.methods_hint)}</p>
        {methods.named(
            desk,
            |desk, method| policy_words::method_name(desk.i18n, method),
            move |_, lens, place| method(desk, &lens, place),
        )}
        {tick_part(
            desk,
            t_string!(i18n, edit.has_limits),
            &at("clamp"),
            clamp,
            || Clamp {
                scale: String::new(),
                lowest: String::new(),
                highest: String::new(),
            },
        )}
        {limits}
    }
    .into_any()
}

fn limits(desk: Desk, lens: &Lens<Option<Clamp>>, place: &str, held: &Clamp) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.clamp{part}");
    let clamp = lens.inside();
    view! {
        <div class="fields">
            {pick(
                desk,
                t_string!(i18n, edit.scale),
                &at(""),
                scale_options(desk),
                clamp.part(|clamp| &mut clamp.scale),
                true,
            )}
            {grade(
                desk,
                t_string!(i18n, edit.lowest),
                &at(".lowest"),
                &held.scale,
                clamp.part(|clamp| &mut clamp.lowest),
            )}
            {grade(
                desk,
                t_string!(i18n, edit.highest),
                &at(".highest"),
                &held.scale,
                clamp.part(|clamp| &mut clamp.highest),
            )}
        </div>
    }
    .into_any()
}

/// People to choose from.
pub fn parties(desk: Desk) -> Vec<(Party, String)> {
    Party::ALL
        .map(|party| (party, words::party(desk.i18n, party).to_owned()))
        .to_vec()
}

/// The section of people, targets that are no grades, and cohorts.
pub fn life(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let life = Lens::new(|pack: &mut PolicyPack| &mut pack.target_life);
    let at = |part: &str| format!("target_life.{part}");
    let from = vec![
        (
            ApprovalFrom::Set,
            t_string!(i18n, edit.approval_set).to_owned(),
        ),
        (
            ApprovalFrom::Published,
            t_string!(i18n, edit.approval_published).to_owned(),
        ),
    ];
    let part = |part: fn(&mut TargetLife) -> &mut bool| life.part(part);
    let reviewed = life.part(|life| &mut life.reviewed);
    view! {
        <div class="fields">
            {pick(
                desk,
                t_string!(i18n, edit.issued_by),
                &at("issued_by"),
                parties(desk),
                life.part(|life| &mut life.issued_by),
                false,
            )}
            {pick(
                desk,
                t_string!(i18n, edit.checked_by),
                &at("checked_by"),
                parties(desk),
                life.part(|life| &mut life.checked_by),
                false,
            )}
            {pick(
                desk,
                t_string!(i18n, edit.approval_from),
                &at("approval_from"),
                from,
                life.part(|life| &mut life.approval_from),
                false,
            )}
        </div>
        {ticks(
            desk,
            t_string!(i18n, edit.approved_by),
            &at("approved_by"),
            parties(desk),
            life.part(|life| &mut life.approved_by),
        )}
        {tick(desk, t_string!(i18n, edit.agreed), &at("agreed_with_pupil"), part(|l| &mut l.agreed_with_pupil))}
        {tick(desk, t_string!(i18n, edit.self_assessed), &at("self_assessed"), part(|l| &mut l.self_assessed))}
        {optional_day(desk, t_string!(i18n, edit.reviewed), &at("reviewed"), &reviewed)}
        <h4>{t_string!(i18n, pack.others)}</h4>
        {others(desk)}
        <h4>{t_string!(i18n, pack.cohorts)}</h4>
        {cohorts(desk)}
    }
    .into_any()
}

/// A day that may be left out.
pub fn optional_day(
    desk: Desk,
    label: &str,
    place: &str,
    lens: &Lens<Option<MonthDay>>,
) -> AnyView {
    let (shown, label) = (lens.clone(), label.to_owned());
    let place_of_day = place.to_owned();
    let of_day = label.clone();
    let there = move || {
        desk.track_shape();
        let is_there = desk.peek(&shown).flatten().is_some();
        is_there.then(|| day(desk, &of_day, &place_of_day, shown.inside()))
    };
    view! {
        {tick_part(desk, &label, place, lens.clone(), || SOME_DAY)}
        {there}
    }
    .into_any()
}

fn others(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let kinds = [
        OtherTargetKind::PersonalAndSocial,
        OtherTargetKind::Attendance,
        OtherTargetKind::Behaviour,
        OtherTargetKind::Other,
    ];
    let kinds = kinds
        .map(|kind| (kind, words::other_kind(i18n, kind).to_owned()))
        .to_vec();
    let measures = [
        OtherMeasure::Words,
        OtherMeasure::Percent,
        OtherMeasure::Count,
    ];
    let measures = measures
        .map(|one| (one, words::other_measure(i18n, one).to_owned()))
        .to_vec();
    let items = Items {
        place: "other_targets".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.other_targets),
        one: t_string!(i18n, edit.one_other),
        new: |_, others| OtherTarget {
            key: format!("other-{}", others.len() + 1),
            kind: OtherTargetKind::PersonalAndSocial,
            name: String::new(),
            measured_in: OtherMeasure::Words,
            everyone: true,
        },
        ordered: false,
    };
    let called = |desk: Desk, other: &OtherTarget| words::other_name(desk.i18n, other);
    items.named(desk, called, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        view! {
            <div class="fields">
                {pick(desk, t_string!(i18n, edit.about), &at("kind"), kinds.clone(), lens.part(|o| &mut o.kind), false)}
                {text(desk, t_string!(i18n, edit.own_name), &at("name"), lens.part(|o| &mut o.name))}
                {pick(
                    desk,
                    t_string!(i18n, edit.measured),
                    &at("measured_in"),
                    measures.clone(),
                    lens.part(|o| &mut o.measured_in),
                    false,
                )}
            </div>
            {tick(desk, t_string!(i18n, edit.everyone), &at("everyone"), lens.part(|o| &mut o.everyone))}
        }
        .into_any()
    })
}

fn cohorts(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let lens = Lens::new(|pack: &mut PolicyPack| &mut pack.cohort_targets);
    let shown = lens.clone();
    let there = move || {
        desk.track_shape();
        desk.peek(&shown).flatten().map(|_| {
            let cohorts = shown.inside();
            view! {
                {ticks(
                    desk,
                    t_string!(i18n, edit.key_stages),
                    "cohort_targets",
                    key_stages(desk),
                    cohorts.part(|cohorts| &mut cohorts.key_stages),
                )}
                {optional_day(
                    desk,
                    t_string!(i18n, edit.published),
                    "cohort_targets.published",
                    &cohorts.part(|cohorts| &mut cohorts.published),
                )}
            }
            .into_any()
        })
    };
    view! {
        {tick_part(
            desk,
            t_string!(i18n, edit.has_cohorts),
            "cohort_targets",
            lens,
            CohortTargets::default,
        )}
        {there}
    }
    .into_any()
}

/// The key stages that the policy's year groups are in.
pub fn key_stages(desk: Desk) -> Vec<(KeyStage, String)> {
    let years = desk.pack().years;
    let is_used = |stage: &KeyStage| {
        years
            .iter()
            .any(|year| KeyStage::of_year(*year) == Some(*stage))
    };
    KeyStage::ALL
        .into_iter()
        .filter(is_used)
        .map(|stage| (stage, policy_words::key_stages(desk.i18n, &[stage])))
        .collect()
}

/// Grades that stand beside a pupil, to choose from.
pub fn grade_measures(desk: Desk) -> Vec<(GradeMeasure, String)> {
    let estimates = ["fft20", "fft50", "alps", "local-authority", "tracker"];
    let mut measures = vec![
        GradeMeasure::CatPredictedGcse,
        GradeMeasure::EyfsOutcome,
        GradeMeasure::KeyStage1,
    ];
    measures.extend(estimates.map(|source| GradeMeasure::Benchmark(source.to_owned())));
    let words = |measure: GradeMeasure| {
        let words = policy_words::grade_measure(desk.i18n, &measure);
        (measure, words)
    };
    measures.into_iter().map(words).collect()
}

/// The tops of the schools that the national figures say something of.
pub fn school_percents() -> Vec<(u8, String)> {
    SCHOOL_PERCENTS
        .map(|percent| (percent, format!("{percent} %")))
        .to_vec()
}

/// One whole grade.
pub const ONE_GRADE: Position = Position::from_whole_grades(1);
