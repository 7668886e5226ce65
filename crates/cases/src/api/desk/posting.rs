//! An answer on paper: that it was posted, or lies ready to be collected.

use base::{Error, Result};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::given;
use crate::api::deed::deeds;
use crate::model::Dispatch;

/// How an answer goes out on paper.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::api) enum WayBody {
    /// By post.
    Posted,
    /// It lies ready to be collected.
    Ready,
}

/// That an answer went out on paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PostingBody {
    #[schema(inline)]
    way: WayBody,
    /// The day of posting; needed when it was posted.
    #[schema(value_type = String, format = "date", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    posted_on: Option<Date>,
    /// To which address; needed when it was posted.
    #[schema(max_length = 300, default = "")]
    #[serde(default)]
    to: String,
    /// The number of the post item.
    #[schema(max_length = 40, default = "")]
    #[serde(default)]
    post_item: String,
    /// Where it lies; needed when it can be collected.
    #[schema(max_length = 300, default = "")]
    #[serde(default)]
    place: String,
    /// When it can be collected.
    #[schema(max_length = 300, default = "")]
    #[serde(default)]
    hours: String,
}

impl PostingBody {
    fn dispatch(self) -> Result<Dispatch> {
        Ok(match self.way {
            WayBody::Posted => Dispatch::Posted {
                on: self
                    .posted_on
                    .ok_or_else(|| Error::field("posted_on", "error-required"))?,
                to: self.to,
                item: self.post_item,
            },
            WayBody::Ready => Dispatch::Ready {
                place: self.place,
                hours: self.hours,
            },
        })
    }
}

deeds! { Desk:
    /// Say how an answer went out on paper
    ///
    /// The deed `post_answer`: the answer that is owed on paper was posted, or lies ready to be
    /// collected; the applicant is told, and the case leaves the view `posting` of the queue.
    post "/api/v1/desk/cases/{number}/posting" post_answer (body: PostingBody as posting)
    |deed, cases| async {
        let dispatch = body.dispatch()?;
        cases.post_answer(deed.actor(), deed.number, &dispatch).await
    };
}
