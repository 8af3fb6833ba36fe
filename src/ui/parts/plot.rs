//! The flight path of one subject: a plot with direct labels, and the same figures as a table.

use flightpath_school::model::scale::{Position, Scale};
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

/// A grade at its place on the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Where it stands.
    pub place: Position,
    /// How it is written.
    pub label: String,
}

/// A tracking event on the plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Name of the event.
    pub name: String,
    /// The same, short enough to stand under the plot.
    pub short: String,
    /// Days that can be told apart; differences are days.
    pub day: i32,
    /// What the path expects; the lower edge where it is a corridor.
    pub path: Option<Point>,
    /// The upper edge of a corridor.
    pub ceiling: Option<Point>,
    /// The current grade.
    pub current: Option<Point>,
    /// The forecast.
    pub predicted: Option<Point>,
}

/// The flight of one pupil in one subject over a year, all grades of one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flight {
    /// Name of the subject.
    pub subject: String,
    /// Day on which the year begins.
    pub begins: i32,
    /// Where the pupil started, and on which day.
    pub start: Option<(i32, Point)>,
    /// Whether the path leads from the start to the target in a straight line.
    pub from_start: bool,
    /// The target.
    pub target: Option<Point>,
    /// The events, by day.
    pub stops: Vec<Stop>,
    /// Grades that the axis names, from the worst.
    pub axis: Vec<Point>,
}

impl Flight {
    /// Whether there is anything to draw.
    pub fn has_points(&self) -> bool {
        self.target.is_some() || self.stops.iter().any(|stop| stop.current.is_some())
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        let of_stops = self
            .stops
            .iter()
            .flat_map(|stop| [&stop.path, &stop.ceiling, &stop.current, &stop.predicted])
            .flatten();
        of_stops
            .chain(&self.target)
            .chain(self.start.as_ref().map(|(_, point)| point))
    }

    /// The lowest and highest place to draw, with half a grade of air.
    pub fn span(&self) -> (Position, Position) {
        let units = |point: &Point| point.place.units();
        let lowest = self.points().map(units).min().unwrap_or(0);
        let highest = self.points().map(units).max().unwrap_or(0);
        let air = Position::UNITS_PER_GRADE / 2;
        (
            Position::from_units(lowest.saturating_sub(air)),
            Position::from_units(highest.saturating_add(air)),
        )
    }
}

/// No more grades than this stand beside the axis.
const MOST_TICKS: usize = 6;

/// The grades that name the axis between two places: whole grades where the scale has them.
pub fn ticks(scale: &Scale, (lowest, highest): (Position, Position)) -> Vec<Point> {
    let within = |place: Position| place >= lowest && place <= highest;
    let is_whole = |point: &Point| point.place.units() % Position::UNITS_PER_GRADE == 0;
    let mut ticks: Vec<Point> = scale
        .labels()
        .zip(scale.positions())
        .filter(|(_, place)| within(*place))
        .map(|(label, place)| Point {
            place,
            label: label.to_owned(),
        })
        .collect();
    if ticks.is_empty() {
        let grades = lowest.units().div_euclid(Position::UNITS_PER_GRADE)
            ..=highest.units().div_euclid(Position::UNITS_PER_GRADE);
        let (worst, best) = scale.range();
        ticks = grades
            .map(|grade| Position::from_units(grade.saturating_mul(Position::UNITS_PER_GRADE)))
            .filter(|place| within(*place) && *place >= worst && *place <= best)
            .filter_map(|place| {
                let label = scale.label(scale.at_or_under(place)?);
                Some(Point { place, label })
            })
            .collect();
    }
    if ticks.iter().filter(|point| is_whole(point)).count() >= 2 {
        ticks.retain(is_whole);
    }
    let step = ticks.len().div_ceil(MOST_TICKS).max(1);
    ticks.into_iter().step_by(step).collect()
}

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 172.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = WIDTH - 66.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = HEIGHT - 22.0;
/// Lines of text closer than this would touch.
const LINE: f64 = 12.0;
/// A label is about as wide as this.
const LABEL: f64 = 60.0;
/// Names under the plot closer than this would touch.
const NAME: f64 = 25.0;

/// Where things stand in the drawing.
struct Frame {
    first_day: f64,
    days: f64,
    lowest: f64,
    grades: f64,
}

impl Frame {
    fn of(flight: &Flight) -> Frame {
        let (lowest, highest) = flight.span();
        let last = flight
            .stops
            .iter()
            .map(|stop| stop.day)
            .max()
            .unwrap_or(flight.begins);
        Frame {
            first_day: f64::from(flight.begins),
            days: f64::from(last.saturating_sub(flight.begins)).max(1.0),
            lowest: lowest.as_grades(),
            grades: (highest.as_grades() - lowest.as_grades()).max(1.0),
        }
    }

    fn x(&self, day: i32) -> f64 {
        let gone = ((f64::from(day) - self.first_day) / self.days).clamp(0.0, 1.0);
        LEFT + 6.0 + gone * (RIGHT - LEFT - 12.0)
    }

    fn y(&self, point: &Point) -> f64 {
        let risen = (point.place.as_grades() - self.lowest) / self.grades;
        BOTTOM - risen * (BOTTOM - TOP)
    }
}

fn at(place: f64) -> String {
    format!("{place:.1}")
}

/// The lines' corners as an attribute.
fn corners(places: &[(f64, f64)]) -> String {
    let corners: Vec<String> = places
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    corners.join(" ")
}

/// A label that stands beside its point.
#[derive(Debug, Clone, PartialEq)]
struct Label {
    class: &'static str,
    x: f64,
    y: f64,
    text: String,
}

/// Moves labels that would touch apart, keeping their order from top to bottom.
fn spread(labels: &mut [Label]) {
    labels.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut placed: Vec<(f64, f64)> = Vec::with_capacity(labels.len());
    for label in labels.iter_mut() {
        for (x, y) in &placed {
            if (label.x - x).abs() < LABEL && label.y - y < LINE {
                label.y = y + LINE;
            }
        }
        placed.push((label.x, label.y));
    }
}

fn labels(i18n: Words, flight: &Flight, frame: &Frame) -> Vec<Label> {
    let mut labels = Vec::new();
    if let Some(target) = &flight.target {
        labels.push(Label {
            class: "target-line",
            x: RIGHT + 4.0,
            y: frame.y(target) + 3.5,
            text: t_string!(i18n, pupils.plot_target, grade = target.label.clone()).to_string(),
        });
    }
    let mut last = |class, of: fn(&Stop) -> &Option<Point>| {
        let found = flight
            .stops
            .iter()
            .rev()
            .find_map(|stop| of(stop).as_ref().map(|point| (stop.day, point)));
        if let Some((day, point)) = found {
            labels.push(Label {
                class,
                x: frame.x(day) + 7.0,
                y: frame.y(point) + 3.5,
                text: point.label.clone(),
            });
        }
    };
    last("current", |stop| &stop.current);
    last("predicted", |stop| &stop.predicted);
    spread(&mut labels);
    labels
}

/// The plot in one sentence.
fn summary(i18n: Words, flight: &Flight) -> String {
    let mut parts = Vec::new();
    if let Some(target) = &flight.target {
        let grade = target.label.clone();
        parts.push(t_string!(i18n, pupils.plot_target_is, grade = grade).to_string());
    }
    if let Some((_, start)) = flight
        .start
        .as_ref()
        .filter(|(day, _)| *day <= flight.begins)
    {
        let grade = start.label.clone();
        parts.push(t_string!(i18n, pupils.plot_start_is, grade = grade).to_string());
    }
    let known = parts.len();
    for stop in &flight.stops {
        if let Some(current) = &stop.current {
            let (event, grade) = (stop.name.clone(), current.label.clone());
            let sentence = t_string!(i18n, pupils.plot_current_is, event = event, grade = grade);
            parts.push(sentence.to_string());
        }
        if let Some(predicted) = &stop.predicted {
            let (event, grade) = (stop.name.clone(), predicted.label.clone());
            let sentence = t_string!(i18n, pupils.plot_predicted_is, event = event, grade = grade);
            parts.push(sentence.to_string());
        }
    }
    if parts.len() == known {
        parts.push(t_string!(i18n, pupils.plot_nothing).to_owned());
    }
    t_string!(
        i18n,
        pupils.plot_says,
        subject = flight.subject.clone(),
        what = parts.join(", ")
    )
    .to_string()
}

/// The plot.
#[component]
pub fn FlightPlot(flight: Flight) -> impl IntoView {
    let i18n = use_i18n();
    let frame = Frame::of(&flight);
    let places = |of: fn(&Stop) -> &Option<Point>| -> Vec<(f64, f64)> {
        flight
            .stops
            .iter()
            .filter_map(|stop| {
                let point = of(stop).as_ref()?;
                Some((frame.x(stop.day), frame.y(point)))
            })
            .collect()
    };
    let start = flight
        .start
        .as_ref()
        .map(|(day, point)| (frame.x(*day), frame.y(point)));
    let mut path = places(|stop| &stop.path);
    if let Some((x, _)) = start.filter(|_| flight.from_start) {
        path.retain(|(other, _)| *other > x);
        path.splice(0..0, start);
    }
    let mut corridor = places(|stop| &stop.ceiling);
    if !corridor.is_empty() {
        corridor.extend(path.iter().rev());
    }
    let current = places(|stop| &stop.current);
    let predicted = places(|stop| &stop.predicted);
    let circles = |class: &'static str, places: &[(f64, f64)]| {
        places
            .iter()
            .map(|(x, y)| view! { <circle class=class cx=at(*x) cy=at(*y) r="3"></circle> })
            .collect_view()
    };
    let path_label = path
        .first()
        .map(|(x, y)| (*x, (*y + LINE).min(BOTTOM - 3.0)))
        .filter(|_| path.len() > 1);
    let mut named: Option<f64> = None;
    let names: Vec<(f64, String)> = flight
        .stops
        .iter()
        .filter_map(|stop| {
            let x = frame.x(stop.day);
            if named.is_some_and(|before| x - before < NAME) {
                return None;
            }
            named = Some(x);
            Some((x, stop.short.clone()))
        })
        .collect();
    view! {
        <svg
            class="plot"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-label=summary(i18n, &flight)
        >
            {flight
                .axis
                .iter()
                .map(|tick| {
                    let y = frame.y(tick);
                    view! {
                        <line class="axis" x1=at(LEFT) x2=at(RIGHT) y1=at(y) y2=at(y)></line>
                        <text x=at(LEFT - 6.0) y=at(y + 3.5) text-anchor="end">
                            {tick.label.clone()}
                        </text>
                    }
                })
                .collect_view()}
            {names
                .into_iter()
                .map(|(x, name)| {
                    view! {
                        <text x=at(x) y=at(HEIGHT - 6.0) text-anchor="middle">
                            {name}
                        </text>
                    }
                })
                .collect_view()}
            {(corridor.len() > 2)
                .then(|| view! { <polygon class="corridor" points=corners(&corridor)></polygon> })}
            {(path.len() > 1).then(|| view! { <polyline class="path" points=corners(&path)></polyline> })}
            {path_label
                .map(|(x, y)| {
                    view! {
                        <text x=at(x) y=at(y)>
                            {t_string!(i18n, pupils.plot_path)}
                        </text>
                    }
                })}
            {start
                .map(|(x, y)| view! { <circle class="path" cx=at(x) cy=at(y) r="3"></circle> })}
            {flight
                .target
                .as_ref()
                .map(|target| {
                    let y = frame.y(target);
                    view! {
                        <line
                            class="target-line"
                            x1=at(LEFT)
                            x2=at(RIGHT)
                            y1=at(y)
                            y2=at(y)
                        ></line>
                    }
                })}
            {(predicted.len() > 1)
                .then(|| {
                    view! { <polyline class="predicted" points=corners(&predicted)></polyline> }
                })}
            {circles("predicted", &predicted)}
            {(current.len() > 1)
                .then(|| view! { <polyline class="current" points=corners(&current)></polyline> })}
            {circles("current", &current)}
            {labels(i18n, &flight, &frame)
                .into_iter()
                .map(|label| {
                    view! {
                        <text class=label.class x=at(label.x) y=at(label.y)>
                            {label.text}
                        </text>
                    }
                })
                .collect_view()}
        </svg>
    }
}

/// The same figures as a table.
#[component]
pub fn FlightFigures(flight: Flight) -> impl IntoView {
    let i18n = use_i18n();
    let label = |point: &Option<Point>| {
        point
            .as_ref()
            .map(|point| point.label.clone())
            .unwrap_or_default()
    };
    let name = t_string!(
        i18n,
        pupils.figures_caption,
        subject = flight.subject.clone()
    )
    .to_string();
    let caption = name.clone();
    let start = flight
        .start
        .as_ref()
        .filter(|(day, _)| *day <= flight.begins)
        .map(|(_, point)| point.label.clone());
    let target = flight.target.as_ref().map(|target| target.label.clone());
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=name>
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, pupils.figures_event)}</th>
                        <th scope="col" class="grade">
                            {t_string!(i18n, pupils.figures_path)}
                        </th>
                        <th scope="col" class="grade">
                            {t_string!(i18n, pupils.figures_current)}
                        </th>
                        <th scope="col" class="grade">
                            {t_string!(i18n, pupils.figures_predicted)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {start
                        .map(|start| {
                            view! {
                                <tr>
                                    <th scope="row">{t_string!(i18n, pupils.plot_start)}</th>
                                    <td></td>
                                    <td class="grade">{start}</td>
                                    <td></td>
                                </tr>
                            }
                        })}
                    {flight
                        .stops
                        .iter()
                        .map(|stop| {
                            view! {
                                <tr>
                                    <th scope="row">{stop.name.clone()}</th>
                                    <td class="grade">{label(&stop.path)}</td>
                                    <td class="grade">{label(&stop.current)}</td>
                                    <td class="grade">{label(&stop.predicted)}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                    {target
                        .map(|target| {
                            view! {
                                <tr>
                                    <th scope="row">{t_string!(i18n, words.target)}</th>
                                    <td class="grade">{target}</td>
                                    <td></td>
                                    <td></td>
                                </tr>
                            }
                        })}
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use flightpath_school::model::scale::ScaleSet;

    use super::*;

    fn labels_between(scale: &str, from: &str, to: &str) -> Vec<String> {
        let scales = ScaleSet::shipped();
        let scale = scales.get(scale).unwrap();
        let place = |text: &str| text.parse().unwrap();
        ticks(scale, (place(from), place(to)))
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    #[test]
    fn the_axis_names_whole_grades_of_a_fine_scale() {
        assert_eq!(
            labels_between("gcse-9-1-fine", "3.5", "6.5"),
            ["4=", "5=", "6="]
        );
    }

    #[test]
    fn the_axis_names_fine_grades_where_only_one_is_whole() {
        assert_eq!(labels_between("baf", "0.5", "1.5"), ["F-", "F=", "F+"]);
    }

    #[test]
    fn the_axis_names_marks_of_a_decimal_scale() {
        assert_eq!(
            labels_between("spanish-0-10", "4.2", "7.5"),
            ["5", "6", "7"]
        );
    }

    #[test]
    fn the_axis_stays_readable_over_a_long_span() {
        let labels = labels_between("gcse-9-1", "-0.5", "9.5");
        assert!(labels.len() <= MOST_TICKS, "{labels:?}");
        assert_eq!(labels.first().map(String::as_str), Some("U"));
    }

    fn label(x: f64, y: f64) -> Label {
        Label {
            class: "current",
            x,
            y,
            text: String::new(),
        }
    }

    #[test]
    fn labels_that_would_touch_move_apart_and_others_stay() {
        let mut labels = [label(280.0, 50.0), label(281.0, 45.0), label(90.0, 46.0)];
        spread(&mut labels);
        let mut near: Vec<f64> = labels
            .iter()
            .filter(|label| label.x > 100.0)
            .map(|label| label.y)
            .collect();
        near.sort_by(f64::total_cmp);
        assert!(near.windows(2).all(|pair| pair[1] - pair[0] >= LINE));
        assert_eq!(labels.iter().find(|label| label.x < 100.0).unwrap().y, 46.0);
    }
}
