//! Whether a policy is in force, as far as its header and the day of the run say.

use jiff::civil::Date as Day;

use crate::emit::page::Date;
use crate::model::{Policy, Status};

/// Whether the rules of a policy bind by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emit) enum Standing {
    /// They do, or nothing says that they do not.
    InForce,
    /// From this day on, which lies ahead of the day of the run.
    From(Date),
    /// They are being written.
    Draft,
    /// They are out for consultation.
    Consultation,
}

impl Standing {
    /// That of a policy which is not withdrawn; without a day, none is called early.
    pub fn of(policy: &Policy, as_of: Option<Day>) -> Self {
        match policy.status {
            Some((Status::Draft, _)) => return Standing::Draft,
            Some((Status::Consultation, _)) => return Standing::Consultation,
            Some((Status::Adopted | Status::Withdrawn, _)) | None => {}
        }
        let ahead = policy.effective.filter(|(from, _)| as_of.is_some_and(|day| from.first_day() > day));
        ahead.map_or(Standing::InForce, |(from, _)| Standing::From(from.into()))
    }

    /// Whether they bind by now.
    pub fn is_in_force(&self) -> bool {
        *self == Standing::InForce
    }

    /// What a reader has to know, where there is anything.
    pub fn told(&self) -> Option<String> {
        match self {
            Standing::InForce => None,
            Standing::From(day) => Some(format!("Not in force until {}", day.told)),
            Standing::Draft => Some("Not in force: a draft".to_owned()),
            Standing::Consultation => Some("Not in force: out for consultation".to_owned()),
        }
    }

    /// The same beside the status, which tells the rest.
    pub fn in_short(&self) -> Option<String> {
        match self {
            Standing::Draft | Standing::Consultation => Some("Not in force".to_owned()),
            Standing::InForce | Standing::From(_) => self.told(),
        }
    }
}
