//! An assessment's grades, or those of the mean, become the current grades of an open event.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{Field, Id};
use flightpath_school::view::markbook::{Feed, Feeding, NotFed, feed, write_feed};
use flightpath_school::view::{EventState, TrackingEvent};
use leptos::prelude::*;

use super::state::{Book, Whose};
use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::choice::Choice;

/// Open events that ask for a current grade.
fn open_events(book: Book) -> Vec<TrackingEvent> {
    book.app.lists().with(|lists| {
        let events = lists.events.iter().filter(|event| {
            let asks = event.asks();
            event.state == EventState::Open
                && (asks.contains(&Field::Current) || asks.contains(&Field::Achieved))
        });
        events.cloned().collect()
    })
}

/// Why there are no grades to take.
fn no_grades(book: Book, whose: Whose) -> String {
    let i18n = book.i18n;
    if whose != Whose::Mean {
        return t_string!(i18n, markbook.feed_no_boundaries).to_owned();
    }
    if book.with(|shown| shown.book.method.standard.is_some()) {
        t_string!(i18n, markbook.feed_standard).to_owned()
    } else {
        t_string!(i18n, markbook.feed_no_boundaries_mean).to_owned()
    }
}

/// Taking the grades of one assessment, or those of the mean, into an event.
#[component]
pub fn FeedView(book: Book, whose: Whose) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let wanted = RwSignal::new(String::new());
    let replacing = RwSignal::new(false);
    let events = Memo::new(move |_| open_events(book));
    let event = Memo::new(move |_| {
        let wanted = wanted.get();
        events.with(|events| {
            let held = events.iter().find(|event| event.id.to_string() == wanted);
            held.or(events.first()).cloned()
        })
    });
    let options = Signal::derive(move || {
        events.with(|events| {
            let each = events.iter();
            each.map(|event| (event.id.to_string(), event.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let found = Memo::new(move |_| -> Option<Result<Feed, NotFed>> {
        let event = event.get()?;
        book.with(|shown| {
            let from = match whose {
                Whose::Mean => Feeding::Mean,
                Whose::Assessment(id) => {
                    let mut all = shown.book.assessments.iter();
                    Feeding::Assessment(all.position(|assessment| assessment.id == id)?)
                }
            };
            let subject = app
                .lists()
                .with(|lists| lists.subject(shown.book.class.subject).cloned())?;
            app.with(|core| {
                let policy = core.policy()?;
                Some(feed(
                    core.school(),
                    policy,
                    &shown.book,
                    &subject,
                    &event,
                    &from,
                ))
            })
        })
    });
    let name = move |pupil: Id| book.with(|shown| shown.pupil_name(pupil));
    let sentences = move || {
        let feed = match found.get()? {
            Ok(feed) => feed,
            Err(NotFed::NoBoundaries) => {
                return Some(vec![no_grades(book, whose)]);
            }
            Err(NotFed::NotOpen | NotFed::NotAsked | NotFed::NoAssessment) => {
                return Some(vec![t_string!(i18n, markbook.feed_none_open).to_owned()]);
            }
        };
        let (new, same) = (feed.new.len(), feed.same.len());
        let names: Vec<String> = feed
            .left_out
            .iter()
            .map(|(pupil, _)| name(*pupil))
            .collect();
        let left = names.len();
        let sentences = [
            t_string!(
                i18n,
                markbook.feed_new,
                count = count(new),
                n = counted(new)
            )
            .to_string(),
            t_string!(
                i18n,
                markbook.feed_same,
                count = count(same),
                n = counted(same)
            )
            .to_string(),
            t_string!(
                i18n,
                markbook.feed_left_out,
                count = count(left),
                n = counted(left),
                names = names.join("; ")
            )
            .to_string(),
        ];
        let said = sentences.into_iter().filter(|said| !said.is_empty());
        Some(said.collect())
    };
    let others = Memo::new(move |_| {
        let Some(Ok(feed)) = found.get() else {
            return Vec::new();
        };
        let line = |other: &flightpath_school::view::markbook::Other| {
            t_string!(
                i18n,
                markbook.feed_other,
                name = name(other.fed.pupil),
                now = other.now.join(" / "),
                grade = other.fed.label.clone()
            )
            .to_string()
        };
        feed.others.iter().map(line).collect::<Vec<String>>()
    });
    let can = Memo::new(move |_| {
        let replaced = replacing.get() && others.with(|others| !others.is_empty());
        found.with(|found| matches!(found, Some(Ok(feed)) if replaced || !feed.new.is_empty()))
    });
    let take = move |_| {
        let (Some(event), Some(Ok(feed))) = (event.get_untracked(), found.get_untracked()) else {
            return;
        };
        let Some((subject, title, private)) = untrack(|| {
            book.with(|shown| {
                // A step without a title is one of the mean.
                let (title, private) = match whose {
                    Whose::Mean => (String::new(), false),
                    Whose::Assessment(id) => {
                        let assessment = shown.assessment(id)?;
                        (assessment.title.clone(), assessment.private)
                    }
                };
                Some((shown.book.class.subject, title, private))
            })
        }) else {
            return;
        };
        let evidence = if whose == Whose::Mean {
            t_string!(i18n, markbook.feed_evidence_mean).to_owned()
        } else if private {
            // What is for one's own eyes is named to nobody else.
            t_string!(i18n, markbook.feed_evidence_private).to_owned()
        } else {
            t_string!(i18n, markbook.feed_evidence, title = title.clone()).to_string()
        };
        let all = replacing.get_untracked();
        let mut draft = Draft::default();
        app.peek(|school| {
            write_feed(
                &mut draft,
                school,
                &event,
                subject,
                &feed,
                |_| all,
                &evidence,
            );
        });
        let event = event.name;
        app.dispatch(Action::FeedEvent { title, event }, &draft);
        let _ = replacing.try_set(false);
    };
    let any = Memo::new(move |_| event.with(Option::is_some));
    view! {
        <section class="section">
            <h2>
                {if whose == Whose::Mean {
                    t_string!(i18n, markbook.feed_title_mean)
                } else {
                    t_string!(i18n, markbook.feed_title)
                }}
            </h2>
            <Show
                when=move || any.get()
                fallback=move || view! { <p>{t_string!(i18n, markbook.feed_none_open)}</p> }
            >
                <div class="toolbar">
                    <Choice
                        label=t_string!(i18n, markbook.feed_event)
                        options=options
                        value=Signal::derive(move || {
                            event
                                .with(|event| event.as_ref().map(|event| event.id.to_string()))
                                .unwrap_or_default()
                        })
                        on_change=move |key| wanted.set(key)
                    />
                </div>
                <div role="status">
                    {move || {
                        sentences()
                            .unwrap_or_default()
                            .into_iter()
                            .map(|said| view! { <p>{said}</p> })
                            .collect_view()
                    }}
                </div>
                <Show when=move || others.with(|others| !others.is_empty())>
                    <ul>
                        {move || {
                            others
                                .get()
                                .into_iter()
                                .map(|line| view! { <li>{line}</li> })
                                .collect_view()
                        }}
                    </ul>
                    <div class="toolbar"><label class="tick">
                        <input
                            type="checkbox"
                            prop:checked=move || replacing.get()
                            on:change:target=move |event| replacing.set(event.target().checked())
                        />
                        {move || {
                            let n = others.with(Vec::len);
                            t_string!(
                                i18n,
                                markbook.feed_replace,
                                count = count(n),
                                n = counted(n)
                            )
                                .to_string()
                        }}
                    </label></div>
                </Show>
                <Show when=move || can.get() && app.can_change()>
                    <p>
                        <button on:click=take>{t_string!(i18n, markbook.feed_do)}</button>
                    </p>
                </Show>
            </Show>
        </section>
    }
}
