//! What a policy's header lacks for how far the policy has come. It knows no words for it: whoever tells it has their own.

use super::{Policy, Status};

/// A particular that a header lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// Which version this is.
    Version,
    /// How far it has come.
    Status,
    /// The party that answers for it.
    Owner,
    /// Any word of its approval.
    Approval,
    /// The day it was approved.
    ApprovalDate,
    /// Who approved it.
    Approver,
    /// The day it takes effect.
    Effective,
    /// When it is looked at again.
    Review,
}

impl Missing {
    /// What a header lacks, in the order of the header. An adopted policy binds people, so that they must be able to see
    /// which text it is, who decided it, since when and until when; before that it must be clear which text is meant and
    /// whom to ask; afterwards, which text it was.
    pub fn of(policy: &Policy) -> Vec<Missing> {
        let status = policy.status.map(|(status, _)| status);
        let adopted = status == Some(Status::Adopted);
        let approval = policy.approved.as_ref();
        let wanted = [
            (policy.version.is_none(), Missing::Version),
            (status.is_none(), Missing::Status),
            (policy.owner.is_none() && !policy.is_withdrawn(), Missing::Owner),
            (adopted && approval.is_none(), Missing::Approval),
            (adopted && approval.is_some_and(|it| it.date.is_none()), Missing::ApprovalDate),
            (adopted && approval.is_some_and(|it| it.by.is_empty()), Missing::Approver),
            (adopted && policy.effective.is_none(), Missing::Effective),
            (adopted && policy.review.every.is_none() && policy.review.by.is_none(), Missing::Review),
        ];
        wanted.into_iter().filter(|(lacks, _)| *lacks).map(|(_, missing)| missing).collect()
    }
}
