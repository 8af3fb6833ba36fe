//! The scales that a school has.

use serde::Deserialize;

use super::definition::{ScaleDefinition, ScaleProblem};
use super::grade::{Grade, ScaleId};
use super::position::Position;
use super::{Scale, scale_id};

/// The scales at hand, found by key or by id.
#[derive(Debug, Clone, Default)]
pub struct ScaleSet {
    scales: Vec<Scale>,
}

/// Grades of two scales were to be compared, and the policy holds no conversion between them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a grade of “{grade}” cannot be compared with one of “{against}”")]
pub struct ComparedTwoScales {
    /// Key of the grade's scale.
    pub grade: String,
    /// Key of the other scale.
    pub against: String,
}

#[derive(Deserialize)]
struct ScaleFile {
    scales: Vec<ScaleDefinition>,
}

impl ScaleSet {
    /// The scales that ship with the program, defined in `packs/scales.json`.
    pub fn shipped() -> ScaleSet {
        let file = serde_json::from_str::<ScaleFile>(include_str!("../../../packs/scales.json"));
        let mut set = ScaleSet::default();
        // The file is part of the program; a test shows that every scale in it loads.
        for definition in file.map(|file| file.scales).unwrap_or_default() {
            if let Ok(scale) = Scale::new(definition) {
                set.scales.push(scale);
            }
        }
        set
    }

    /// Adds a scale, or replaces nothing and says why not.
    ///
    /// # Errors
    /// [`ScaleProblem::KeyTaken`] when another scale has the key; the same scale again is fine.
    pub fn insert(&mut self, scale: Scale) -> Result<(), ScaleProblem> {
        match self.scales.iter().find(|held| held.id() == scale.id()) {
            Some(held) if held == &scale => Ok(()),
            Some(_) => Err(ScaleProblem::KeyTaken(scale.key().to_owned())),
            None => {
                self.scales.push(scale);
                Ok(())
            }
        }
    }

    /// Adds the scales of a list that can be made and whose keys are free.
    pub fn add_definitions(&mut self, definitions: &[ScaleDefinition]) {
        for definition in definitions {
            if let Ok(scale) = Scale::new(definition.clone()) {
                let _ = self.insert(scale);
            }
        }
    }

    /// The scale with this key.
    pub fn get(&self, key: &str) -> Option<&Scale> {
        let id = scale_id(key);
        self.by_id(id)
    }

    /// The scale with this id.
    pub fn by_id(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id() == id)
    }

    /// All scales, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Scale> {
        self.scales.iter()
    }

    /// How a grade is written; empty when its scale is not here.
    pub fn label(&self, grade: Grade) -> String {
        self.by_id(grade.scale())
            .map(|scale| scale.label(grade))
            .unwrap_or_default()
    }

    /// [`Grade::whole_grades_from`] with an error that names both scales.
    ///
    /// # Errors
    /// When the two are of different scales.
    pub fn whole_grades(
        &self,
        grade: Grade,
        against: Grade,
    ) -> Result<Position, ComparedTwoScales> {
        grade
            .whole_grades_from(against)
            .map_err(|_| self.compared(grade, against))
    }

    /// [`Grade::fine_steps_from`] with an error that names both scales.
    ///
    /// # Errors
    /// When the two are of different scales.
    pub fn fine_steps(
        &self,
        grade: Grade,
        against: Grade,
    ) -> Result<Option<i16>, ComparedTwoScales> {
        grade
            .fine_steps_from(against)
            .map_err(|_| self.compared(grade, against))
    }

    fn compared(&self, grade: Grade, against: Grade) -> ComparedTwoScales {
        let key = |id| {
            self.by_id(id)
                .map(|scale| scale.key().to_owned())
                .unwrap_or_default()
        };
        ComparedTwoScales {
            grade: key(grade.scale()),
            against: key(against.scale()),
        }
    }
}
