//! A Case makes one fault, sees that it is told, follows the next step, and sees that it is told no more.

use std::fs;

use crate::common::{Folder, lotwright};

/// What is done to the folder.
pub type Deed = fn(&Folder);

/// A fault and the step that mends it.
pub struct Case {
    pub code: &'static str,
    /// Words by which the finding is known in what is said: its code, or its severity and code.
    mark: &'static str,
    wrong: Deed,
    asked: Vec<&'static str>,
    step: Step,
    /// Exit code once the step is followed.
    ends: i32,
}

/// What the next step is.
enum Step {
    /// Something is to be done to the files, and this is asked afterwards.
    Do(Deed, Vec<&'static str>),
    /// None is needed: the work goes on.
    Nothing,
}

impl Case {
    /// A fault of that code, which `inspect` tells once `wrong` is done to the folder.
    pub fn of(code: &'static str, wrong: Deed) -> Self {
        Self {
            code,
            mark: code,
            wrong,
            asked: vec!["inspect"],
            step: Step::Nothing,
            ends: 0,
        }
    }

    /// Another command than `inspect`, with its options. A word that begins with `@` is a file of the folder.
    pub fn asked(mut self, command: &[&'static str]) -> Self {
        self.asked = command.to_vec();
        self
    }

    /// Only findings of this severity count.
    pub fn marked(mut self, mark: &'static str) -> Self {
        self.mark = mark;
        self
    }

    /// The step is an edit, after which the same is asked again.
    pub fn edit(mut self, right: Deed) -> Self {
        self.step = Step::Do(right, self.asked.clone());
        self
    }

    /// The step is an option, such as a key: it is added to what was asked.
    pub fn option(mut self, options: &[&'static str]) -> Self {
        self.step = Step::Do(|_| (), [self.asked.as_slice(), options].concat());
        self
    }

    /// The step is to ask something else.
    pub fn instead(mut self, command: &[&'static str]) -> Self {
        self.step = Step::Do(|_| (), command.to_vec());
        self
    }

    /// What is left after the step is an answer too, such as that no plan exists.
    pub fn ends(mut self, code: i32) -> Self {
        self.ends = code;
        self
    }

    /// Makes the fault and follows the step.
    pub fn hold(&self) {
        let folder = Folder::new();
        (self.wrong)(&folder);
        let (exit, said) = say(&folder, &self.asked);
        assert!(said.contains(self.mark), "{} is not told:\n{said}", self.code);
        match &self.step {
            Step::Nothing => assert_eq!(exit, 0, "{} needs nothing, and work does not go on:\n{said}", self.code),
            Step::Do(right, command) => {
                right(&folder);
                let (exit, said) = say(&folder, command);
                assert_eq!(
                    exit, self.ends,
                    "the next step of {} does not lead on:\n{said}",
                    self.code
                );
                assert!(
                    !said.contains(self.mark),
                    "the next step of {} does not help:\n{said}",
                    self.code
                );
            }
        }
    }

    /// Whether nothing needs to be done.
    pub fn needs_nothing(&self) -> bool {
        matches!(self.step, Step::Nothing)
    }
}

/// Commands that take no scenario.
const WITHOUT_SCENARIO: [&str; 3] = ["doctor", "boundaries", "import"];

/// Exit code, and all that is said. Data sets of the user are those of the folder.
pub fn say(folder: &Folder, asked: &[&str]) -> (i32, String) {
    let words: Vec<String> = asked
        .iter()
        .map(|word| {
            word.strip_prefix('@')
                .map_or_else(|| (*word).to_string(), |file| folder.file(file).display().to_string())
        })
        .collect();
    let mut command = lotwright();
    command.env("LOTWRIGHT_DATA", folder.file("data")).arg(&words[0]);
    if !WITHOUT_SCENARIO.contains(&asked[0]) {
        command.arg(folder.path());
    }
    let output = command.args(&words[1..]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.code().unwrap(), said)
}

/// Adds lines to a table of the scenario: `add(folder, "areas", "unit = \"deal\"")`.
pub fn add(folder: &Folder, table: &str, line: &str) {
    let head = format!("[{table}]\n");
    folder.change("scenario.toml", &head, &format!("{head}{line}\n"));
}

/// Writes bytes that are no text.
pub fn put(folder: &Folder, name: &str, bytes: &[u8]) {
    fs::create_dir_all(folder.file(name).parent().unwrap()).unwrap();
    fs::write(folder.file(name), bytes).unwrap();
}
