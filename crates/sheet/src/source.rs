//! What a sheet asks of its owner, and what it tells.

use std::rc::Rc;

use flightpath_grid::Block;
use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// Names and words.
    #[default]
    Start,
    /// Grades.
    Center,
    /// Numbers.
    End,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What it is called in a person's layout; the same in every session.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What its values are of, below the title.
    pub unit: String,
    /// How wide it is, in CSS pixels, unless a person has changed that.
    pub width: u16,
    /// Where its texts stand.
    pub align: Align,
    /// What stands in the last line below it, which is always seen; a sheet in which none has any shows no such line.
    pub foot: String,
}

impl Column {
    /// Whether it takes the same room as another, whatever the two say.
    pub(crate) fn is_laid_out_as(&self, other: &Column) -> bool {
        let room = |column: &Column| (column.width, column.align, column.foot.is_empty());
        self.key == other.key && room(self) == room(other)
    }
}

/// What is the matter with a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Problem {
    /// Nothing.
    #[default]
    None,
    /// What was typed is not stored.
    Error,
    /// Somebody must look at it.
    Warning,
    /// Something is expected here and not there.
    Missing,
}

/// What a cell shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Its text.
    pub text: String,
    /// Key and letter of its RAG mark.
    pub rag: Option<(&'static str, &'static str)>,
    /// What is the matter with it.
    pub problem: Problem,
    /// Whether it has a note.
    pub note: bool,
    /// Whether it cannot be typed into now, though its column can.
    pub locked: bool,
    /// What more there is to say of it; read aloud after the text.
    pub title: String,
}

impl Look {
    /// Makes it that of an empty cell, and keeps its memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.title.clear();
        self.rag = None;
        self.problem = Problem::None;
        self.note = false;
        self.locked = false;
    }
}

/// A mark and the grade that it comes to, or a mark that is a grade: each by itself, however the cell shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The mark as it is typed.
    pub text: String,
    /// The grade; empty where it comes to none.
    pub grade: String,
    /// Whether the mark is itself a grade: a text, though it may be written with a digit.
    pub is_grade: bool,
}

/// A text for a cell; row and column are the owner's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The text; empty to take the content away.
    pub text: String,
}

/// Why texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Typed.
    Typed,
    /// Pasted.
    Pasted,
    /// Filled from the cells above or beside.
    Filled,
    /// Taken away, or cut out.
    Cleared,
}

/// What a paste would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Texts that fit.
    pub edits: Vec<Edit>,
    /// Texts that would lie beyond the last row or column.
    pub outside: usize,
    /// Texts for cells that cannot be typed into.
    pub locked: usize,
    /// Texts that their cells do not take, with the reasons.
    pub refused: Vec<(Edit, String)>,
    /// The cells that are chosen once it is done.
    pub(crate) block: Option<Block>,
}

impl Plan {
    /// Whether everything fits.
    pub fn is_whole(&self) -> bool {
        self.outside == 0 && self.locked == 0 && self.refused.is_empty()
    }

    /// Has the hands stay where they are when it is done: what it goes into may stand elsewhere now.
    pub fn stay(&mut self) {
        self.block = None;
    }
}

/// What a person did that is the owner's to answer. Rows and columns are the owner's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The chosen cells are others now.
    Moved,
    /// The last step is to be taken back.
    Undo,
    /// What was taken back is to be done again.
    Redo,
    /// A cell that does something was pressed.
    Press {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// The header of a column was pressed.
    Head {
        /// The column.
        column: usize,
    },
    /// What can be done with a cell is asked for.
    Menu {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A cell that can be typed into was touched by a finger, which has no keys.
    Touched {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A paste fits only in part: nothing has been done yet.
    Asks(Plan),
    /// What was being typed belongs to a row or a column that is not there any more.
    Gone(String),
    /// A column has another width or place now: the layout has it.
    LaidOut,
}

/// Whose cells they are. It must answer at once: it is asked for every cell that comes into sight.
pub trait Source {
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// What a row is about: the same number as long as it is that, wherever the row comes to stand.
    fn row_key(&self, row: usize) -> u128 {
        row as u128
    }
    /// The columns.
    fn columns(&self) -> Rc<[Column]>;
    /// How many of the first columns never scroll away; they cannot be typed into.
    fn frozen(&self) -> usize;
    /// Writes what a cell shows into an empty look.
    fn look(&self, row: usize, column: usize, look: &mut Look);
    /// What a cell can be asked for.
    fn kind(&self, row: usize, column: usize) -> Kind;
    /// What a cell is sorted by.
    fn sort_key(&self, row: usize, column: usize) -> SortKey;
    /// A cell's number, where it holds one that can be added to others.
    fn number(&self, _row: usize, _column: usize) -> Option<f64> {
        None
    }
    /// What stands in the last line below a column when only these rows are seen; asked where a column has anything there.
    fn foot_of(&self, _column: usize, _rows: &[usize]) -> String {
        String::new()
    }
    /// A cell's mark, where it holds one.
    fn mark(&self, _row: usize, _column: usize) -> Option<Marked> {
        None
    }
    /// Whether a column stays out of files: it is for one person's own eyes.
    fn is_private(&self, _column: usize) -> bool {
        false
    }
    /// What is edited when a cell is opened.
    fn content(&self, row: usize, column: usize) -> String;
    /// The one content that a text can become, where there is only one.
    fn complete(&self, row: usize, column: usize, typed: &str) -> Option<String>;
    /// Hears what stands in the field over a cell while something is typed there; nothing once that ends.
    fn typing(&self, _row: usize, _column: usize, _text: Option<&str>) {}
    /// Why a cell does not take a text; nothing where it does.
    fn check(&self, edit: &Edit) -> Option<String>;
    /// Forgets what was typed into a cell and is not stored: Escape was pressed there.
    fn forget(&self, _row: usize, _column: usize) {}
    /// Writes texts, as one step.
    fn write(&self, edits: Vec<Edit>, cause: Cause);
}
