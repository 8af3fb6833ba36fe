//! Who needs someone: rules and what follows, levels of help.

use std::sync::Arc;

use flightpath_school::policy::{
    Condition, Level, Obligation, Outcome, Owner, PolicyPack, Scope, Told, TriggerRule,
};
use leptos::prelude::*;

use super::super::says::rule_line;
use super::conditions::condition;
use super::desk::Desk;
use super::fields::{id_of, number, number_or_none, pick, pick_number, tick, ticks};
use super::items::Items;
use super::lens::Lens;
use super::targets::key_stages;
use crate::i18n::t_string;
use crate::ui::parts::why::{condition_words, obligation_name, owner_name, scope_name, told_name};

/// The section of rules.
pub fn triggers(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let items = Items {
        place: "triggers".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.triggers),
        one: t_string!(i18n, edit.one_rule),
        new: |_, rules| TriggerRule {
            key: new_key(rules),
            scope: Scope::KeyStage,
            key_stages: Vec::new(),
            on: true,
            when: off_target_in(1),
            outcome: Outcome {
                owner: Owner::Coordinator,
                level: None,
                told: Vec::new(),
            },
        },
        ordered: true,
    };
    view! {
        <p class="hint">{t_string!(i18n, edit.triggers_hint)}</p>
        {items.named(
            desk,
            |desk, rule| condition_words(desk.i18n, &rule.when),
            move |_, lens, place| rule(desk, &lens, place),
        )}
    }
    .into_any()
}

fn new_key(rules: &[TriggerRule]) -> String {
    let taken = |key: &String| rules.iter().any(|rule| rule.key == *key);
    let keys = (1_usize..).map(|number| format!("rule-{number}"));
    keys.into_iter().find(|key| !taken(key)).unwrap_or_default()
}

/// Off target in so many subjects or more.
pub fn off_target_in(at_least: u16) -> Condition {
    Condition::Subjects {
        r#where: Box::new(Condition::OffTarget),
        at_least,
        at_most: None,
    }
}

fn rule(desk: Desk, lens: &Lens<TriggerRule>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let owners = [
        Owner::SubjectLeader,
        Owner::Coordinator,
        Owner::Tutor,
        Owner::HeadOfHouse,
        Owner::Head,
    ];
    let owners = owners
        .map(|owner| (owner, owner_name(i18n, owner)))
        .to_vec();
    let told = [Told::Parents, Told::Tutor, Told::Coordinator, Told::Head];
    let told = told.map(|told| (told, told_name(i18n, told))).to_vec();
    let is_subject = desk.peek(lens).map(|rule| rule.scope) == Some(Scope::Subject);
    view! {
        {in_words(desk, lens)}
        <div class="fields">
            {scope(desk, lens, &at("scope"))}
            {pick(desk, t_string!(i18n, edit.owner), &at("owner"), owners, lens.part(|r| &mut r.outcome.owner), false)}
            {number_or_none(desk, t_string!(i18n, edit.level), &at("outcome"), lens.part(|r| &mut r.outcome.level))}
        </div>
        {ticks(
            desk,
            t_string!(i18n, edit.key_stages),
            &at("key_stages"),
            key_stages(desk),
            lens.part(|rule| &mut rule.key_stages),
        )}
        <h5>{t_string!(i18n, edit.fires_when)}</h5>
        {condition(desk, lens.part(|rule| &mut rule.when), &at("when"), !is_subject)}
        {ticks(desk, t_string!(i18n, edit.told), &at("told"), told, lens.part(|r| &mut r.outcome.told))}
        {tick(desk, t_string!(i18n, edit.in_use), &at("on"), lens.part(|rule| &mut rule.on))}
    }
    .into_any()
}

/// The rule as it reads.
fn in_words(desk: Desk, lens: &Lens<TriggerRule>) -> AnyView {
    let lens = lens.clone();
    let words = move || desk.get(&lens).map(|rule| rule_line(desk.i18n, &rule));
    view! { <p class="hint">{words}</p> }.into_any()
}

/// The scope; a rule about one subject asks other things than one about a pupil.
fn scope(desk: Desk, lens: &Lens<TriggerRule>, place: &str) -> AnyView {
    const SCOPES: [Scope; 4] = [Scope::Subject, Scope::Tutor, Scope::KeyStage, Scope::Head];
    let i18n = desk.i18n;
    let names = SCOPES.map(|scope| scope_name(i18n, scope)).to_vec();
    let held = lens.clone();
    let chosen = move || {
        let scope = desk.get(&held)?.scope;
        SCOPES.iter().position(|known| *known == scope)
    };
    let (changed, focus) = (lens.clone(), id_of(place));
    let take = move |number: usize| {
        let Some(scope) = SCOPES.get(number).copied() else {
            return;
        };
        desk.reshape(&changed, focus.clone(), |rule| {
            if (rule.scope == Scope::Subject) != (scope == Scope::Subject) {
                rule.when = match scope {
                    Scope::Subject => Condition::OffTarget,
                    _ => off_target_in(1),
                };
            }
            rule.scope = scope;
        });
    };
    pick_number(
        desk,
        t_string!(i18n, edit.scope),
        place,
        names,
        Arc::new(chosen),
        Box::new(take),
    )
}

/// The section of levels.
pub fn levels(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let obligations = [
        Obligation::TalkWithPupil,
        Obligation::ExtraWork,
        Obligation::TellParents,
        Obligation::OneToOneOrWithdrawal,
        Obligation::ConsentOfHead,
        Obligation::ConsentOfParents,
        Obligation::InviteParents,
        Obligation::InvolveSen,
        Obligation::TellCoordinator,
        Obligation::TellHead,
    ];
    let obligations = obligations
        .map(|one| (one, obligation_name(i18n, one)))
        .to_vec();
    let items = Items {
        place: "levels".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.levels),
        one: t_string!(i18n, edit.one_level),
        new: |_, levels| Level {
            level: levels
                .last()
                .map_or(1, |level| level.level.saturating_add(1)),
            obliges: Vec::new(),
        },
        ordered: false,
    };
    items.view(desk, move |_, lens, place| {
        view! {
            {number(desk, t_string!(i18n, edit.level), &format!("{place}.level"), lens.part(|l| &mut l.level))}
            {ticks(
                desk,
                t_string!(i18n, edit.obliges),
                &format!("{place}.obliges"),
                obligations.clone(),
                lens.part(|level| &mut level.obliges),
            )}
        }
        .into_any()
    })
}
