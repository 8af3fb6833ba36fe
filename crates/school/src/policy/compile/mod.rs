//! From a pack to a [`Policy`]: every name resolved, every grade read, every contradiction found.

mod checker;
mod practice;
mod reach;
mod status;
mod targets;
mod triggers;

use std::collections::HashSet;

use super::pack::PolicyPack;
use super::problem::{PackProblem, PackProblemKind};
use super::selector::{KeyStage, SubjectRole};
use super::target_rules::GradeMeasure;
use crate::model::scale::{Grade, Position, Scale, ScaleId, ScaleSet};
use crate::national::Figures;
use checker::Checker;

pub use status::{CompiledBand, CompiledFloor, CompiledScale};
pub use targets::{CompiledChain, CompiledMethod, CompiledRows, CompiledTable};
pub use triggers::{
    CompiledCondition, CompiledRule, KeyStagePlan, MAX_RULES, PupilCondition, SubjectCondition,
};

/// A curriculum by its place in the pack's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurriculumIndex(pub(crate) u8);

/// A pack made ready for the engine.
#[derive(Debug, Clone)]
pub struct Policy {
    pack: PolicyPack,
    scales: ScaleSet,
    /// Sorted by id, to find a scale's place in `compiled_scales`.
    scale_places: Vec<(ScaleId, usize)>,
    compiled_scales: Vec<CompiledScale>,
    tables: Vec<CompiledTable>,
    chains: Vec<CompiledChain>,
    rules: Vec<CompiledRule>,
    counted: Vec<SubjectCondition>,
    plans: Vec<KeyStagePlan>,
    figures: Option<Figures>,
}

impl PolicyPack {
    /// Everything that is wrong with the pack beside these scales; empty when it is sound.
    pub fn problems(&self, scales: &ScaleSet) -> Vec<PackProblem> {
        Policy::new(self.clone(), scales).err().unwrap_or_default()
    }
}

impl Policy {
    /// Makes a pack ready.
    ///
    /// # Errors
    /// Every [`PackProblem`] of the pack, each with its place.
    pub fn new(pack: PolicyPack, scales: &ScaleSet) -> Result<Policy, Vec<PackProblem>> {
        let (scales, unfit) = with_own(&pack, scales);
        let mut check = Checker::new(&scales);
        for problem in unfit {
            check.add(problem.place, problem.kind);
        }
        check_frame(&pack, &mut check);
        practice::check(&pack, &mut check);
        reach::check(&pack, &mut check);
        let tables = targets::tables(&pack, &mut check);
        let chains = targets::chains(&pack, &mut check);
        let compiled_scales = status::scales(&pack, &mut check);
        let triggers = triggers::compile(&pack, &mut check);
        let problems = check.into_problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut scale_places: Vec<(ScaleId, usize)> = compiled_scales
            .iter()
            .enumerate()
            .map(|(place, scale)| (scale.id, place))
            .collect();
        scale_places.sort_unstable();
        Ok(Policy {
            pack,
            scales,
            scale_places,
            compiled_scales,
            tables,
            chains,
            rules: triggers.rules,
            counted: triggers.counted,
            plans: triggers.plans,
            figures: None,
        })
    }

    /// The policy with the national figures that its benchmarks come from.
    #[must_use]
    pub fn with_figures(self, figures: Option<Figures>) -> Policy {
        Policy { figures, ..self }
    }

    /// Whether a method goes by national figures that are not at hand.
    pub fn lacks_figures(&self) -> bool {
        let methods = self.chains.iter().flat_map(|chain| &chain.methods);
        let is_benchmark = |method: &CompiledMethod| {
            matches!(
                method,
                CompiledMethod::PupilBenchmark { .. } | CompiledMethod::SchoolBenchmark { .. }
            )
        };
        self.figures.is_none() && methods.into_iter().any(is_benchmark)
    }

    /// Sources of imported estimates that its chains ask for.
    pub fn estimates(&self) -> impl Iterator<Item = &str> {
        let methods = self.chains.iter().flat_map(|chain| &chain.methods);
        methods.filter_map(|method| match method {
            CompiledMethod::GradeLookup {
                measure: GradeMeasure::Benchmark(source),
                ..
            }
            | CompiledMethod::GradeAsTarget {
                measure: GradeMeasure::Benchmark(source),
            } => Some(source.as_str()),
            _ => None,
        })
    }

    /// The national figures, where they are at hand.
    pub fn figures(&self) -> Option<&Figures> {
        self.figures.as_ref()
    }

    /// The lowest and the highest grade at which a pupil with this target is expected at an event, where the policy
    /// has a corridor there.
    pub fn corridor(&self, event: &str, target: Grade) -> Option<(Grade, Grade)> {
        let scale = self.compiled_scale(self.scale_place(target.scale())?)?;
        let event = self
            .pack
            .calendar
            .iter()
            .position(|entry| entry.key == event)?;
        scale
            .band(event, target)
            .map(|band| (band.lowest, band.highest))
    }

    /// The pack that it was made from.
    pub fn pack(&self) -> &PolicyPack {
        &self.pack
    }

    /// The scales that it was made with.
    pub fn scales(&self) -> &ScaleSet {
        &self.scales
    }

    /// The place of a curriculum in the pack; none where the pack does not know it.
    pub fn curriculum(&self, key: &str) -> Option<CurriculumIndex> {
        let place = self.pack.curricula.iter().position(|held| held == key)?;
        u8::try_from(place).ok().map(CurriculumIndex)
    }

    /// The rules of the pack by their numbers.
    pub fn rules(&self) -> &[CompiledRule] {
        &self.rules
    }

    /// The tables of the pack in its order.
    pub fn tables(&self) -> &[CompiledTable] {
        &self.tables
    }

    /// The chains of the pack in its order.
    pub fn chains(&self) -> &[CompiledChain] {
        &self.chains
    }

    pub(crate) fn scale_place(&self, id: ScaleId) -> Option<usize> {
        let found = self.scale_places.binary_search_by_key(&id, |entry| entry.0);
        found
            .ok()
            .and_then(|at| self.scale_places.get(at))
            .map(|entry| entry.1)
    }

    pub(crate) fn compiled_scale(&self, place: usize) -> Option<&CompiledScale> {
        self.compiled_scales.get(place)
    }

    pub(crate) fn counted(&self) -> &[SubjectCondition] {
        &self.counted
    }

    pub(crate) fn plan(&self, key_stage: KeyStage) -> Option<&KeyStagePlan> {
        self.plans.get(key_stage.index())
    }
}

/// The scales with those that the pack brings along, and what is wrong with these.
fn with_own(pack: &PolicyPack, scales: &ScaleSet) -> (ScaleSet, Vec<PackProblem>) {
    let mut all = scales.clone();
    let mut problems = Vec::new();
    for (at, definition) in pack.own_scales.iter().enumerate() {
        let scale = Scale::new(definition.clone());
        if let Err(problem) = scale.and_then(|scale| all.insert(scale)) {
            problems.push(PackProblem {
                place: format!("own_scales[{at}]"),
                kind: PackProblemKind::BadScale(problem),
            });
        }
    }
    (all, problems)
}

/// What belongs to no table, chain or rule: keys, years, scales by default, the calendar, levels.
fn check_frame(pack: &PolicyPack, check: &mut Checker<'_>) {
    for (place, year) in pack.years.iter().enumerate() {
        if KeyStage::of_year(*year).is_none() {
            check.add(format!("years[{place}]"), PackProblemKind::BadYear(*year));
        }
    }
    for (list, empty) in [
        ("years", pack.years.is_empty()),
        ("curricula", pack.curricula.is_empty()),
        ("calendar", pack.calendar.is_empty()),
        ("key", pack.key.is_empty()),
        ("name", pack.name.trim().is_empty()),
    ] {
        if empty {
            check.add(list.to_owned(), PackProblemKind::Empty);
        }
    }
    repeated(check, "curricula", pack.curricula.iter());
    repeated(check, "tables", pack.tables.iter().map(|table| &table.key));
    repeated(
        check,
        "calendar",
        pack.calendar.iter().map(|event| &event.key),
    );
    repeated(
        check,
        "triggers",
        pack.triggers.iter().map(|rule| &rule.key),
    );
    for (place, entry) in pack.scales.iter().enumerate() {
        check.scale(&format!("scales[{place}].scale"), &entry.scale);
        check.curricula(
            pack,
            &format!("scales[{place}].when"),
            &entry.when.curricula,
        );
    }
    for year in &pack.years {
        for curriculum in &pack.curricula {
            if pack.scale_for("", curriculum, *year).is_none() {
                let (year, curriculum) = (*year, curriculum.clone());
                check.add(
                    "scales".to_owned(),
                    PackProblemKind::NoScale { year, curriculum },
                );
            }
            for role in SubjectRole::ALL {
                let selects =
                    |chain: &super::TargetChain| chain.when.selects(*year, curriculum, "", role);
                if !pack.targets.iter().any(selects) {
                    let (year, curriculum) = (*year, curriculum.clone());
                    let kind = PackProblemKind::NoChain {
                        year,
                        curriculum,
                        role,
                    };
                    check.add("targets".to_owned(), kind);
                }
            }
        }
    }
    for (place, event) in pack.calendar.iter().enumerate() {
        for (name, day) in [("opens", event.opens), ("deadline", event.deadline)] {
            if !day.exists() {
                check.add(format!("calendar[{place}].{name}"), PackProblemKind::BadDay);
            }
        }
        if event.opens.exists()
            && event.deadline.exists()
            && event.deadline.in_school_year() < event.opens.in_school_year()
        {
            check.add(
                format!("calendar[{place}].deadline"),
                PackProblemKind::DeadlineFirst,
            );
        }
        if event.allowance < Position::ZERO {
            check.add(
                format!("calendar[{place}].allowance"),
                PackProblemKind::Negative,
            );
        }
        if event.fields.is_empty() {
            check.add(format!("calendar[{place}].fields"), PackProblemKind::Empty);
        }
    }
    for (place, level) in pack.levels.iter().enumerate() {
        if !(1..=3).contains(&level.level) {
            check.add(
                format!("levels[{place}]"),
                PackProblemKind::BadLevel(level.level),
            );
        }
    }
}

fn repeated<'a>(check: &mut Checker<'_>, list: &str, keys: impl Iterator<Item = &'a String>) {
    let mut seen = HashSet::new();
    for (place, key) in keys.enumerate() {
        if !seen.insert(key) {
            check.add(
                format!("{list}[{place}]"),
                PackProblemKind::RepeatedKey(key.clone()),
            );
        }
    }
}
