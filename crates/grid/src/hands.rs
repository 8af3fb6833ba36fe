//! Where the hands are, and what a key does there: as in a spreadsheet.

use crate::keys::{Key, Modifiers, Way};
use crate::place::{Block, Place, Size};

/// What keys mean in the chosen cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The cell is chosen: arrows move, typing overwrites.
    #[default]
    Chosen,
    /// Something is being typed over: arrows keep it and move.
    Typing,
    /// The content is edited: arrows move in the text.
    Editing,
}

/// Where Enter goes when what is typed is kept; with Shift it goes the other way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnEnter {
    /// To the next row; after a run of tabulators below where that began.
    #[default]
    Down,
    /// To the next column.
    Right,
    /// Nowhere.
    Stay,
}

impl OnEnter {
    /// All of them, the usual one first.
    pub const ALL: [OnEnter; 3] = [OnEnter::Down, OnEnter::Right, OnEnter::Stay];

    /// The name under which a person's choice is kept.
    pub fn name(self) -> &'static str {
        match self {
            OnEnter::Down => "down",
            OnEnter::Right => "right",
            OnEnter::Stay => "stay",
        }
    }

    /// The one of this name; the usual one where there is none.
    pub fn named(name: &str) -> OnEnter {
        let mut all = OnEnter::ALL.into_iter();
        all.find(|held| held.name() == name).unwrap_or_default()
    }
}

/// What a cell can be asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// It is read only.
    #[default]
    Read,
    /// It is typed into.
    Typed,
    /// It does something when it is pressed.
    Button,
}

/// What the grid knows of its cells.
pub trait Field {
    /// What a cell can be asked for.
    fn kind(&self, place: Place) -> Kind;
    /// Whether anything stands in a cell.
    fn is_filled(&self, place: Place) -> bool;
}

/// What is to be done after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Nothing: the key is the browser's.
    Leave,
    /// Nothing more than to show where the hands are now; what is being typed is kept first.
    Moved,
    /// An empty field opens, and the key writes into it.
    Type,
    /// A field with the content opens.
    Edit,
    /// What is being typed is forgotten.
    Forget,
    /// The chosen cells are emptied.
    Clear,
    /// The first row or column of the chosen cells is copied into the others.
    Fill(Way),
    /// The last step is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
    /// The chosen cell does what it does.
    Press,
    /// The header of the column opens.
    Head,
    /// What can be done with the chosen cells is listed.
    Menu,
}

/// Where the hands are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hands {
    /// The cell that keys speak to.
    active: Place,
    /// The chosen cells; the active one is among them.
    block: Block,
    /// The corner of the block that moves while it grows; the active cell is the other one.
    tip: Place,
    /// Whether the header of the active cell's column is meant, not the cell.
    on_head: bool,
    /// What keys mean.
    pub mode: Mode,
    /// Where Enter goes.
    pub on_enter: OnEnter,
    /// Where a run of tabulators began: Enter goes on below it.
    run: Option<usize>,
    size: Size,
}

impl Hands {
    /// The cell that keys speak to.
    pub fn active(self) -> Place {
        self.active
    }

    /// Whether the header of the active cell's column is meant, not the cell.
    pub fn on_head(self) -> bool {
        self.on_head
    }

    /// The cell that is to be seen: the corner that moves while a block grows, else the active cell.
    pub fn tip(self) -> Place {
        self.tip
    }

    /// The chosen cells; nothing where there are none, or a header is chosen.
    pub fn chosen(self) -> Option<Block> {
        let there = self.size.rows > 0 && self.size.columns > 0 && !self.on_head;
        there.then_some(self.block)
    }

    /// There are more or fewer cells now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.active = self.active.within(size);
        self.tip = self.tip.within(size);
        let left = self.block.within(size);
        self.block = left
            .filter(|block| block.holds(self.active))
            .unwrap_or(Block::one(self.active));
        if size.rows == 0 {
            self.on_head = true;
        }
    }

    /// Chooses one cell.
    pub fn choose(&mut self, place: Place) {
        self.active = place.within(self.size);
        self.tip = self.active;
        self.block = Block::one(self.active);
        self.on_head = self.size.rows == 0;
        self.run = None;
        self.mode = Mode::Chosen;
    }

    /// Chooses all cells between the active one and this one.
    pub fn extend(&mut self, place: Place) {
        self.tip = place.within(self.size);
        self.block = Block::between(self.active, self.tip);
        self.on_head = self.size.rows == 0;
        self.run = None;
    }

    /// Chooses a block; keys speak to its first cell.
    pub fn choose_block(&mut self, block: Block) {
        self.choose(block.first());
        self.extend(block.last());
    }

    /// Chooses the header of a column.
    pub fn choose_head(&mut self, column: usize) {
        self.choose(Place::new(self.active.row, column));
        self.on_head = true;
    }

    /// A key was pressed. `page` is how many rows are seen at once.
    pub fn press(&mut self, key: Key, held: Modifiers, page: usize, field: &dyn Field) -> Deed {
        match key {
            Key::Command(letter) => self.command(letter, held, field),
            Key::Enter | Key::Tab => self.step(key, held, field),
            Key::Arrow(_) | Key::Home | Key::End | Key::PageUp | Key::PageDown => {
                // In a text that is edited they move the caret.
                if self.mode == Mode::Editing {
                    return Deed::Leave;
                }
                self.walk(key, held, page, field)
            }
            Key::Escape if self.mode != Mode::Chosen => {
                self.mode = Mode::Chosen;
                Deed::Forget
            }
            Key::Escape if !self.block.is_one() => {
                self.choose(self.active);
                Deed::Moved
            }
            _ if self.mode != Mode::Chosen => Deed::Leave,
            Key::Menu if self.on_head => Deed::Head,
            Key::Menu => Deed::Menu,
            Key::Space if self.on_head => Deed::Head,
            Key::Space if field.kind(self.active) == Kind::Button => Deed::Press,
            Key::Space | Key::Writes if self.can_type(field) => {
                self.mode = Mode::Typing;
                Deed::Type
            }
            Key::Edit if self.can_type(field) => {
                self.mode = Mode::Editing;
                Deed::Edit
            }
            Key::Delete if !self.on_head => Deed::Clear,
            _ => Deed::Leave,
        }
    }

    fn can_type(self, field: &dyn Field) -> bool {
        self.size.rows > 0 && !self.on_head && field.kind(self.active) == Kind::Typed
    }

    fn command(&mut self, letter: char, held: Modifiers, field: &dyn Field) -> Deed {
        // While something is typed they are those of its field.
        if self.mode != Mode::Chosen {
            return Deed::Leave;
        }
        match (letter, held.shift) {
            ('z', false) => Deed::Undo,
            ('z', true) | ('y', false) => Deed::Redo,
            ('a', false) if self.size.rows > 0 && self.size.columns > 0 => {
                let last = Place::new(self.size.rows - 1, self.size.columns - 1);
                self.block = Block::between(Place::default(), last);
                self.tip = self.active;
                self.on_head = false;
                Deed::Moved
            }
            ('d', false) if self.fills(field) => Deed::Fill(Way::Down),
            ('r', false) if self.fills(field) => Deed::Fill(Way::Right),
            _ => Deed::Leave,
        }
    }

    fn fills(self, field: &dyn Field) -> bool {
        self.chosen().is_some_and(|block| {
            let mut places = block.places();
            !block.is_one() && places.any(|place| field.kind(place) == Kind::Typed)
        })
    }

    /// Enter and the tabulator keep what is typed and go on.
    fn step(&mut self, key: Key, held: Modifiers, field: &dyn Field) -> Deed {
        let was = self.mode;
        if key == Key::Enter && was == Mode::Chosen && (held.control || held.alt) {
            return Deed::Leave;
        }
        if key == Key::Enter && self.on_head {
            return Deed::Head;
        }
        if key == Key::Enter && was == Mode::Chosen && field.kind(self.active) == Kind::Button {
            return Deed::Press;
        }
        let way = match (key, self.on_enter, held.shift) {
            (Key::Enter, OnEnter::Stay, _) => {
                self.mode = Mode::Chosen;
                return Deed::Moved;
            }
            (Key::Enter, OnEnter::Down, false) => Way::Down,
            (Key::Enter, OnEnter::Down, true) => Way::Up,
            (_, _, false) => Way::Right,
            (_, _, true) => Way::Left,
        };
        // Inside a chosen block it goes round, so that a block is filled without a look at its end.
        if let Some(block) = self.chosen().filter(|block| !block.is_one()) {
            self.active = next_within(block, self.active, way);
            self.tip = self.active;
            self.mode = Mode::Chosen;
            return Deed::Moved;
        }
        let run = self.run.or((key == Key::Tab).then_some(self.active.column));
        let next = match self.run {
            Some(column) if way == Way::Down => Some(Place::new(self.active.row + 1, column)),
            _ => beside(self.active, way, self.size),
        };
        let Some(next) = next.filter(|next| next.row < self.size.rows) else {
            // The tabulator leaves the grid at its edge; Enter stays.
            if key == Key::Tab && was == Mode::Chosen {
                return Deed::Leave;
            }
            self.mode = Mode::Chosen;
            return Deed::Moved;
        };
        self.choose(next);
        if key == Key::Tab || self.run.is_some() {
            self.run = run;
        }
        Deed::Moved
    }

    fn walk(&mut self, key: Key, held: Modifiers, page: usize, field: &dyn Field) -> Deed {
        if held.alt {
            return Deed::Leave;
        }
        let last = Place::new(
            self.size.rows.saturating_sub(1),
            self.size.columns.saturating_sub(1),
        );
        if self.on_head {
            return self.walk_heads(key, held, last);
        }
        let grows = held.shift && self.mode == Mode::Chosen;
        let now = if grows { self.tip } else { self.active };
        let to = match key {
            Key::Arrow(Way::Up) if now.row == 0 && !held.shift && !held.control => {
                self.choose_head(now.column);
                return Deed::Moved;
            }
            Key::Arrow(way) if held.control => edge(now, way, self.size, field),
            Key::Arrow(way) => beside(now, way, self.size).unwrap_or(now),
            Key::Home if held.control => Place::default(),
            Key::End if held.control => last,
            Key::Home => Place::new(now.row, 0),
            Key::End => Place::new(now.row, last.column),
            Key::PageUp => Place::new(now.row.saturating_sub(page.max(1)), now.column),
            Key::PageDown => Place::new((now.row + page.max(1)).min(last.row), now.column),
            _ => return Deed::Leave,
        };
        if grows {
            self.extend(to);
        } else {
            self.choose(to);
        }
        Deed::Moved
    }

    fn walk_heads(&mut self, key: Key, held: Modifiers, last: Place) -> Deed {
        let column = self.active.column;
        match key {
            Key::Arrow(Way::Down) if self.size.rows > 0 => {
                self.choose(Place::new(0, column));
            }
            Key::End if held.control => self.choose(last),
            Key::Home if held.control => self.choose(Place::default()),
            Key::PageDown => self.choose(Place::new(0, column)),
            Key::Arrow(Way::Left) => self.choose_head(column.saturating_sub(1)),
            Key::Arrow(Way::Right) => self.choose_head(column + 1),
            Key::Home => self.choose_head(0),
            Key::End => self.choose_head(last.column),
            _ => {}
        }
        Deed::Moved
    }
}

fn beside(place: Place, way: Way, size: Size) -> Option<Place> {
    let Place { row, column } = place;
    match way {
        Way::Up => row.checked_sub(1).map(|row| Place::new(row, column)),
        Way::Left => column.checked_sub(1).map(|column| Place::new(row, column)),
        Way::Down => (row + 1 < size.rows).then(|| Place::new(row + 1, column)),
        Way::Right => (column + 1 < size.columns).then(|| Place::new(row, column + 1)),
    }
}

/// The end of a run of filled cells, or the next filled cell beyond a gap, as spreadsheets go with Ctrl and an arrow.
fn edge(from: Place, way: Way, size: Size, field: &dyn Field) -> Place {
    let Some(mut now) = beside(from, way, size) else {
        return from;
    };
    let in_a_run = field.is_filled(from) && field.is_filled(now);
    while let Some(next) = beside(now, way, size) {
        if in_a_run && !field.is_filled(next) || !in_a_run && field.is_filled(now) {
            break;
        }
        now = next;
    }
    now
}

/// The next cell of a block, round its end.
fn next_within(block: Block, now: Place, way: Way) -> Place {
    let (height, width) = (block.height(), block.width());
    let row = now.row - block.first().row;
    let column = now.column - block.first().column;
    let count = height * width;
    let (place, down) = match way {
        Way::Down | Way::Up => (column * height + row, true),
        Way::Left | Way::Right => (row * width + column, false),
    };
    let next = match way {
        Way::Down | Way::Right => (place + 1) % count,
        Way::Up | Way::Left => (place + count - 1) % count,
    };
    let (row, column) = if down {
        (next % height, next / height)
    } else {
        (next / width, next % width)
    };
    Place::new(block.first().row + row, block.first().column + column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two read-only columns, then cells to type into, filled in the upper three rows; the last column is of buttons.
    struct Sheet(Size);

    impl Field for Sheet {
        fn kind(&self, place: Place) -> Kind {
            match place.column {
                0 | 1 => Kind::Read,
                column if column + 1 == self.0.columns => Kind::Button,
                _ => Kind::Typed,
            }
        }

        fn is_filled(&self, place: Place) -> bool {
            place.row < 3
        }
    }

    const SIZE: Size = Size {
        rows: 10,
        columns: 6,
    };

    fn press(hands: &mut Hands, keys: &[(Key, Modifiers)]) -> Deed {
        let mut deed = Deed::Leave;
        for (key, held) in keys {
            deed = hands.press(*key, *held, 4, &Sheet(SIZE));
        }
        deed
    }

    fn at(row: usize, column: usize) -> Hands {
        let mut hands = Hands::default();
        hands.resize(SIZE);
        hands.choose(Place::new(row, column));
        hands
    }

    const NO: Modifiers = Modifiers {
        shift: false,
        control: false,
        alt: false,
    };
    const SHIFT: Modifiers = Modifiers { shift: true, ..NO };
    const CONTROL: Modifiers = Modifiers {
        control: true,
        ..NO
    };

    #[test]
    fn enter_after_tabulators_goes_on_where_they_began() {
        let mut hands = at(1, 2);
        press(
            &mut hands,
            &[
                (Key::Writes, NO),
                (Key::Tab, NO),
                (Key::Writes, NO),
                (Key::Tab, NO),
                (Key::Writes, NO),
                (Key::Enter, NO),
            ],
        );
        assert_eq!(hands.active(), Place::new(2, 2));
    }

    #[test]
    fn enter_goes_where_a_person_wants_it_and_with_shift_the_other_way() {
        let typed = |on_enter, held| {
            let mut hands = at(3, 3);
            hands.on_enter = on_enter;
            let deed = press(&mut hands, &[(Key::Writes, NO), (Key::Enter, held)]);
            assert_eq!((deed, hands.mode), (Deed::Moved, Mode::Chosen));
            (hands.active().row, hands.active().column)
        };
        assert_eq!(typed(OnEnter::Down, NO), (4, 3));
        assert_eq!(typed(OnEnter::Down, SHIFT), (2, 3));
        assert_eq!(typed(OnEnter::Right, NO), (3, 4));
        assert_eq!(typed(OnEnter::Right, SHIFT), (3, 2));
        assert_eq!(typed(OnEnter::Stay, NO), (3, 3));
        assert_eq!(typed(OnEnter::Stay, SHIFT), (3, 3));
    }

    #[test]
    fn enter_to_the_right_takes_no_notice_of_tabulators_and_stays_at_the_edge() {
        let mut hands = at(1, 2);
        hands.on_enter = OnEnter::Right;
        press(&mut hands, &[(Key::Tab, NO), (Key::Enter, NO)]);
        assert_eq!(hands.active(), Place::new(1, 4));
        let mut hands = at(1, 5);
        hands.on_enter = OnEnter::Right;
        hands.mode = Mode::Typing;
        assert_eq!(press(&mut hands, &[(Key::Enter, NO)]), Deed::Moved);
        assert_eq!(hands.active(), Place::new(1, 5));
    }

    #[test]
    fn a_header_and_a_button_are_pressed_wherever_enter_goes() {
        for on_enter in OnEnter::ALL {
            let mut hands = at(0, 5);
            hands.on_enter = on_enter;
            assert_eq!(press(&mut hands, &[(Key::Enter, NO)]), Deed::Press);
            hands.choose_head(2);
            assert_eq!(press(&mut hands, &[(Key::Enter, NO)]), Deed::Head);
            assert_eq!(OnEnter::named(on_enter.name()), on_enter);
        }
        assert_eq!(OnEnter::named("elsewhere"), OnEnter::Down);
    }

    #[test]
    fn a_letter_opens_an_empty_field_and_f2_one_with_the_content() {
        let mut hands = at(0, 2);
        assert_eq!(press(&mut hands, &[(Key::Writes, NO)]), Deed::Type);
        assert_eq!(
            press(&mut hands, &[(Key::Arrow(Way::Right), NO)]),
            Deed::Moved
        );
        assert_eq!(press(&mut hands, &[(Key::Edit, NO)]), Deed::Edit);
        assert_eq!(
            press(&mut hands, &[(Key::Arrow(Way::Right), NO)]),
            Deed::Leave
        );
        assert_eq!(press(&mut hands, &[(Key::Escape, NO)]), Deed::Forget);
        assert_eq!(hands.active(), Place::new(0, 3));
        let mut hands = at(0, 0);
        assert_eq!(press(&mut hands, &[(Key::Writes, NO)]), Deed::Leave);
        let mut hands = at(0, 5);
        assert_eq!(press(&mut hands, &[(Key::Enter, NO)]), Deed::Press);
    }

    #[test]
    fn shift_makes_a_block_and_enter_goes_round_in_it() {
        let mut hands = at(0, 2);
        press(
            &mut hands,
            &[
                (Key::Arrow(Way::Down), SHIFT),
                (Key::Arrow(Way::Right), SHIFT),
            ],
        );
        let block = Block::between(Place::new(0, 2), Place::new(1, 3));
        assert_eq!(hands.chosen(), Some(block));
        let mut seen = vec![hands.active()];
        for _ in 0..3 {
            press(&mut hands, &[(Key::Enter, NO)]);
            assert_eq!(hands.chosen(), Some(block));
            seen.push(hands.active());
        }
        let round = [(0, 2), (1, 2), (0, 3), (1, 3)].map(|(row, column)| Place::new(row, column));
        assert_eq!(seen, round);
        assert_eq!(
            press(&mut hands, &[(Key::Command('d'), CONTROL)]),
            Deed::Fill(Way::Down)
        );
        press(&mut hands, &[(Key::Escape, NO)]);
        assert_eq!(hands.chosen(), Some(Block::one(Place::new(1, 3))));
        assert_eq!(
            press(&mut hands, &[(Key::Command('d'), CONTROL)]),
            Deed::Leave
        );
    }

    #[test]
    fn in_a_block_enter_goes_round_by_rows_where_it_goes_to_the_right() {
        let block = Block::between(Place::new(0, 2), Place::new(1, 3));
        let seen = |on_enter| {
            let mut hands = at(0, 0);
            hands.on_enter = on_enter;
            hands.choose_block(block);
            [(); 3].map(|()| {
                press(&mut hands, &[(Key::Enter, NO)]);
                assert_eq!(hands.chosen(), Some(block));
                (hands.active().row, hands.active().column)
            })
        };
        assert_eq!(seen(OnEnter::Right), [(0, 3), (1, 2), (1, 3)]);
        assert_eq!(seen(OnEnter::Stay), [(0, 2); 3]);
    }

    #[test]
    fn control_and_an_arrow_go_to_the_end_of_what_is_filled() {
        let mut hands = at(0, 2);
        press(&mut hands, &[(Key::Arrow(Way::Down), CONTROL)]);
        assert_eq!(hands.active().row, 2);
        press(&mut hands, &[(Key::Arrow(Way::Down), CONTROL)]);
        assert_eq!(hands.active().row, 9);
        press(&mut hands, &[(Key::Arrow(Way::Up), CONTROL)]);
        assert_eq!(hands.active().row, 2);
    }

    #[test]
    fn above_the_first_row_is_the_header() {
        let mut hands = at(0, 2);
        press(&mut hands, &[(Key::Arrow(Way::Up), NO)]);
        assert!(hands.on_head() && hands.chosen().is_none());
        press(&mut hands, &[(Key::Arrow(Way::Right), NO)]);
        assert_eq!(press(&mut hands, &[(Key::Enter, NO)]), Deed::Head);
        press(&mut hands, &[(Key::Arrow(Way::Down), NO)]);
        assert!(!hands.on_head());
        assert_eq!(hands.active(), Place::new(0, 3));
    }

    #[test]
    fn the_tabulator_leaves_the_grid_at_its_edge() {
        let mut hands = at(3, 5);
        assert_eq!(press(&mut hands, &[(Key::Tab, NO)]), Deed::Leave);
        let mut hands = at(3, 0);
        assert_eq!(press(&mut hands, &[(Key::Tab, SHIFT)]), Deed::Leave);
    }

    fn any_key() -> impl Strategy<Value = (Key, Modifiers)> {
        let keys = prop_oneof![
            Just(Key::Writes),
            Just(Key::Enter),
            Just(Key::Tab),
            Just(Key::Arrow(Way::Up)),
            Just(Key::Arrow(Way::Down)),
            Just(Key::Arrow(Way::Left)),
            Just(Key::Arrow(Way::Right)),
            Just(Key::Home),
            Just(Key::End),
            Just(Key::PageUp),
            Just(Key::PageDown),
            Just(Key::Edit),
            Just(Key::Escape),
            Just(Key::Delete),
            Just(Key::Command('a')),
        ];
        (keys, any::<bool>(), any::<bool>()).prop_map(|(key, shift, control)| {
            let held = Modifiers {
                shift,
                control,
                alt: false,
            };
            (key, held)
        })
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_the_hands_stay_inside(
            keys in proptest::collection::vec(any_key(), 0..60),
            rows in 0_usize..5,
            columns in 0_usize..5,
            then in 0_usize..5,
            on_enter in proptest::sample::select(OnEnter::ALL.to_vec()),
        ) {
            let size = Size { rows, columns };
            let mut hands = Hands { on_enter, ..Hands::default() };
            hands.resize(size);
            for (key, held) in keys {
                let deed = hands.press(key, held, 3, &Sheet(size));
                prop_assert_eq!(hands.active(), hands.active().within(size));
                if let Some(block) = hands.chosen() {
                    prop_assert!(block.holds(hands.active()));
                    prop_assert_eq!(block.within(size), Some(block));
                }
                if matches!(deed, Deed::Type | Deed::Edit) {
                    prop_assert_eq!(Sheet(size).kind(hands.active()), Kind::Typed);
                    prop_assert!(hands.mode != Mode::Chosen);
                }
            }
            let fewer = Size { rows: then, columns };
            hands.resize(fewer);
            prop_assert_eq!(hands.active(), hands.active().within(fewer));
        }
    }
}
