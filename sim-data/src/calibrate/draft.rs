//! A study as it is being made, and its text.

use std::fmt::Write as _;

use super::Asked;
use super::board::{Board, Column, Shape};
use crate::records::columns::same;

/// What the records leave open is in here; the rest is the board's.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    name: String,
    source: String,
    switching_cost: f64,
    /// One a column, in order.
    pub(super) stages: Vec<StageDraft>,
}

/// A stage and the team that works it.
#[derive(Debug, Clone)]
pub(super) struct StageDraft {
    /// Identity of the stage; its team's is that with `-team`.
    pub(super) id: String,
    pub(super) people: u32,
    /// Whether a person said how many people there are.
    pub(super) told: bool,
    /// Tickets in progress at once at most.
    pub(super) places: u32,
    /// Mean person-hours of an item.
    pub(super) effort: f64,
}

impl StageDraft {
    pub(super) fn team(&self) -> String {
        format!("{}-team", self.id)
    }
}

impl Draft {
    /// As many places as tickets are in progress on 85 of 100 evenings; one a person, unless the people were
    /// told: then as many for each as it takes.
    pub(super) fn of(board: &Board, asked: &Asked) -> Draft {
        let mut stages: Vec<StageDraft> = Vec::new();
        for column in &board.columns {
            let at_once = (libm::ceil(column.in_progress.1) as u32).max(1);
            let told = asked
                .people
                .iter()
                .find(|(name, _)| same(name, &column.name))
                .map(|p| p.1.max(1));
            let people = told.unwrap_or(at_once);
            stages.push(StageDraft {
                id: identity(&column.name, &stages),
                people,
                told: told.is_some(),
                places: at_once.max(people),
                effort: 8.0,
            });
        }
        Draft {
            name: asked.name.clone(),
            source: asked.source.clone(),
            switching_cost: asked.switching_cost,
            stages,
        }
    }

    /// The study, as TOML with comments.
    pub(super) fn text(&self, board: &Board) -> String {
        let mut out = String::new();
        self.head(board, &mut out);
        self.stream(board, &mut out);
        for (column, stage) in board.columns.iter().zip(&self.stages) {
            self.stage(board, column, stage, &mut out);
        }
        self.teams(board, &mut out);
        self.what_ifs(board, &mut out);
        out
    }

    fn origin(&self, board: &Board, what: &str) -> String {
        quoted(&format!(
            "{}, {} tickets, {} to {}: {what}",
            self.source, board.tickets, board.span.0, board.span.1
        ))
    }

    fn head(&self, board: &Board, out: &mut String) {
        let (from, to) = (comment(&board.start), comment(&board.done));
        let _ = write!(
            out,
            "# Made by `millrace import` from {}.\n#\n\
             # Lead time counts from entering `{from}` to `{to}`. Each column where someone works is a stage with a\n\
             # team of its own; a column where tickets wait is none: waiting comes out of the simulation. The\n\
             # records hold no effort: each mean below is the one with which the simulated time in the column is\n\
             # the recorded one. Handoffs cost nothing beyond that, and nothing is said of releases, defects or\n\
             # rework, which dates cannot show.\n",
            comment(&self.source)
        );
        if let Some(d) = board
            .arrivals
            .dispersion
            .filter(|d| d.rejects_poisson() && d.ratio > 1.0)
        {
            let _ = write!(
                out,
                "# Tickets really start in bursts (variance {:.1} times the mean, by week); here they come one by one,\n\
                 # so that the study shows less waiting than bursts cause.\n",
                d.ratio
            );
        }
        if board.elsewhere > 0 {
            let _ = writeln!(
                out,
                "# Left out: {} done tickets that never entered `{}`.",
                board.elsewhere,
                comment(&board.columns[0].name)
            );
        }
        let _ = write!(
            out,
            "\nformat = 1\nname = {}\ndescription = {}\nseed = 1\n\n[run]\nweeks = 52\nreplications = 1000\n\n\
             [handoffs]\ndelay = \"0 hours\"\nsender_effort = \"0 hours\"\nreceiver_effort = \"0 hours\"\nlost_information = 0\n",
            quoted(&self.name),
            quoted(&format!(
                "A real team’s board: {} tickets, {} to {}.",
                board.tickets, board.span.0, board.span.1
            )),
        );
    }

    fn stream(&self, board: &Board, out: &mut String) {
        let weeks = board.arrivals.counts.len();
        let _ = write!(
            out,
            "\n[[streams]]\nid = \"board\"\nname = \"Board\"\ncommit = {}\nreleased = false\n\n\
             [[streams.demand]]\nid = \"ticket\"\nname = \"Tickets\"\n\
             per_week = {{ value = {}, source = {} }}\n",
            quoted(&self.stages[0].id),
            number(board.arrivals.mean),
            self.origin(
                board,
                &format!("entering {}, mean of {weeks} weeks", board.start)
            ),
        );
    }

    fn stage(&self, board: &Board, column: &Column, stage: &StageDraft, out: &mut String) {
        let mean = number(stage.effort);
        let law = match column.shape {
            Some(Shape::Lognormal { cv }) => format!(
                "dist = \"lognormal\", mean = \"{mean} hours\", cv = {}",
                number(cv)
            ),
            Some(Shape::Gamma { cv }) => format!(
                "dist = \"gamma\", mean = \"{mean} hours\", cv = {}",
                number(cv)
            ),
            Some(Shape::Weibull { shape }) => format!(
                "dist = \"weibull\", mean = \"{mean} hours\", shape = {}",
                number(shape)
            ),
            None => format!("dist = \"exponential\", mean = \"{mean} hours\""),
        };
        let spread = if column.shape.is_some() {
            "spread as fitted"
        } else {
            "spread assumed, too few to fit"
        };
        let what = format!(
            "mean effort with which {} takes {} days as in {} visits; {spread}",
            column.name,
            number(column.stayed),
            column.visits
        );
        let _ = write!(
            out,
            "\n[[streams.stages]]\nid = {}\nname = {}\nkind = \"{}\"\nteam = {}\neffort = {{ {law}, source = {} }}\n",
            quoted(&stage.id),
            quoted(&column.name),
            kind(&column.name),
            quoted(&stage.team()),
            self.origin(board, &what),
        );
        if let Some(queue) = &column.queue {
            let _ = writeln!(
                out,
                "# Tickets really waited {} days in `{}`, in the mean: compare it with the simulated wait for this team.",
                number(column.waited.unwrap_or(0.0)),
                comment(queue)
            );
        }
        self.routes(board, column, stage, out);
    }

    fn routes(&self, board: &Board, column: &Column, stage: &StageDraft, out: &mut String) {
        let place = self
            .stages
            .iter()
            .position(|s| s.id == stage.id)
            .unwrap_or(0);
        let straight = (place + 1 < self.stages.len()).then_some(place + 1);
        if column.next.iter().all(|(to, _)| *to == straight) {
            return;
        }
        // The last takes the rest, so that the shares add up to one whatever the rounding.
        let mut left = 1.0;
        let last = column.next.len() - 1;
        let routes: Vec<String> = column
            .next
            .iter()
            .enumerate()
            .map(|(i, (to, share))| {
                let share = if i == last {
                    left
                } else {
                    libm::round(share * 1000.0) / 1000.0
                };
                left -= share;
                let to = to.map_or("done", |t| self.stages[t].id.as_str());
                let source = self.origin(board, &format!("next after {}", column.name));
                format!(
                    "  {{ to = {}, share = {{ value = {}, source = {source} }} }},",
                    quoted(to),
                    number(share)
                )
            })
            .collect();
        let _ = writeln!(out, "next = [\n{}\n]", routes.join("\n"));
    }

    fn teams(&self, board: &Board, out: &mut String) {
        let _ = writeln!(
            out,
            "\n# Dates do not tell who works. Unless told, there are as many people as tickets were in progress on 85 of\n\
             # 100 evenings, one ticket each."
        );
        for (column, stage) in board.columns.iter().zip(&self.stages) {
            let what = format!(
                "on 85 of 100 evenings at most {} in {}",
                number(column.in_progress.1),
                column.name
            );
            let people = match stage.told {
                true => stage.people.to_string(),
                false => format!(
                    "{{ value = {}, source = {} }}",
                    stage.people,
                    self.origin(board, &what)
                ),
            };
            let _ = write!(
                out,
                "\n[[teams]]\nid = {}\nname = {}\npeople = {people}\n",
                quoted(&stage.team()),
                quoted(&format!("{} team", plain(&column.name))),
            );
            if stage.places > stage.people {
                let items = per_person(stage.places, stage.people);
                let _ = writeln!(
                    out,
                    "items_per_person = {{ value = {items}, source = {} }}",
                    self.origin(board, &what)
                );
            }
            if self.switching_cost > 0.0 {
                let _ = writeln!(out, "switching_cost = {}", number(self.switching_cost));
            }
            if !board.weekdays {
                let _ = writeln!(
                    out,
                    "# Dates fall on every day of the week.\ncalendar = \"always\"\nfocus = 1"
                );
            }
        }
    }

    fn what_ifs(&self, board: &Board, out: &mut String) {
        let Some((i, column)) = board
            .columns
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.in_progress.0.total_cmp(&b.1.in_progress.0))
        else {
            return;
        };
        let (stage, name) = (&self.stages[i], plain(&column.name));
        let team = stage.team();
        let _ = write!(
            out,
            "\n[[what_ifs]]\nid = \"one-more-person\"\nname = {}\n\
             changes = [{{ set = \"teams.{team}.people\", to = {} }}]\n",
            quoted(&format!("One more person for {name}")),
            stage.people + 1
        );
        let mut limit = |id: &str, title: &str, why: &str, change: &str| {
            let _ = write!(
                out,
                "\n# {why}\n[[what_ifs]]\nid = \"{id}\"\nname = {}\nchanges = [{change}]\n",
                quoted(title)
            );
        };
        if stage.places > stage.people {
            limit(
                "one-at-a-time",
                &format!("{name}: one ticket a person"),
                "A WIP limit: gains what switching costs, loses that short tickets wait behind long ones.",
                &format!("{{ set = \"teams.{team}.items_per_person\", to = 1 }}"),
            );
        } else {
            let change = |n| {
                format!(
                    "{{ set = \"teams.{team}.items_per_person\", to = {n} }}, \
                     {{ set = \"teams.{team}.switching_cost\", to = \"15%\" }}"
                )
            };
            limit(
                "two-at-a-time",
                &format!("{name}: two tickets a person"),
                "Without the limit of one ticket a person; switching is assumed to cost 15%.",
                &change(2),
            );
        }
        if stage.people > 1 {
            let places = stage.places - 1;
            limit(
                "lower-wip-limit",
                &format!("{name}: at most {places} tickets in progress"),
                "A limit below what people can take up keeps someone free; whether they then help is not modelled.",
                &format!(
                    "{{ set = \"teams.{team}.items_per_person\", to = {} }}",
                    per_person(places, stage.people)
                ),
            );
        }
    }
}

/// Items a person, written so that the people together have exactly these places.
fn per_person(places: u32, people: u32) -> String {
    if places.is_multiple_of(people) {
        (places / people).to_string()
    } else {
        format!("{:.4}", (f64::from(places) + 0.01) / f64::from(people))
    }
}

/// A name as an id of the study: letters, digits and hyphens, like no other so far.
fn identity(name: &str, others: &[StageDraft]) -> String {
    let mut id: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(40)
        .collect();
    while id.contains("--") {
        id = id.replace("--", "-");
    }
    let id = id.trim_matches('-');
    // `done` is the way out in the study format.
    let id = if id.is_empty() || id == "done" {
        "stage"
    } else {
        id
    };
    let taken = |id: &str| others.iter().any(|o| o.id == id || o.team() == id);
    if !taken(id) {
        return id.to_owned();
    }
    let free = (2..).map(|n| format!("{id}-{n}")).find(|id| !taken(id));
    free.unwrap_or_default()
}

fn kind(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| name.contains(w));
    if says(&["analy", "refine", "discover", "specif"]) {
        "analysis"
    } else if says(&["design", "ux"]) {
        "design"
    } else if says(&[
        "test", "qa", "sign off", "sign-off", "verif", "accept", "uat",
    ]) {
        "test"
    } else if says(&["deploy", "release", "operat"]) {
        "operations"
    } else {
        "development"
    }
}

/// What is done in a column: "Development" of "In Development".
fn plain(name: &str) -> &str {
    name.strip_prefix("In ").unwrap_or(name)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text that stays within its comment.
fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Three digits: records hold no more.
pub(super) fn number(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".into();
    }
    let digits = (2.0 - libm::floor(libm::log10(x.abs()))).clamp(0.0, 6.0) as usize;
    let text = format!("{x:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
