//! The requests that a share link allows: the questions of its page, with its filters; of a board, the questions of each card.

use axum::extract::MatchedPath;
use axum::http::Method;
use axum::http::request::Parts;
use domain::board::Card;
use domain::question::FilterDimension;
use domain::share_link::{SharedPage, board_of};
use engine::ports::catalog::{Board, ShareLink};

use crate::error::Error;
use crate::state::App;

/// Where everything of a project is.
const PROJECT: &str = "/api/projects/{project_id}";
/// Below it, what every page needs and no filter narrows.
const OF_EVERY_PAGE: [&str; 4] = ["", "/annotations", "/goals", "/logo"];
/// Where a board is.
const BOARD: &str = "/boards/{board_id}";
/// The parameter for filters that have none of their own.
const FILTERS: &str = "filters";

/// The questions of a page, below the project's path. The dashboard's tests read them here.
const fn questions(page: SharedPage) -> &'static [&'static str] {
    match page {
        SharedPage::Overview => &[
            "/overview",
            "/engagement",
            "/bots",
            "/pages",
            "/web-vitals",
            "/goal-conversions",
            "/friction/kinds",
            "/friction/cost",
        ],
        SharedPage::Acquisition => &["/acquisition"],
        SharedPage::Friction => {
            &["/friction/kinds", "/friction/items", "/friction/pages", "/friction/cost"]
        }
        SharedPage::Journeys => &["/journeys"],
        SharedPage::Performance => &["/web-vitals", "/overview"],
        // Its cards name them.
        SharedPage::Board => &[],
    }
}

/// Whether a link may read what a request asks for.
pub(crate) async fn permits(app: &App, link: &ShareLink, parts: &Parts) -> Result<bool, Error> {
    let matched = parts.extensions.get::<MatchedPath>();
    let Some(path) = matched.and_then(|path| path.as_str().strip_prefix(PROJECT)) else {
        return Ok(false);
    };
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(false);
    }
    if OF_EVERY_PAGE.contains(&path) {
        return Ok(true);
    }
    let query = parts.uri.query().unwrap_or_default();
    if link.page != SharedPage::Board {
        return Ok(questions(link.page).contains(&path) && has_filters(&link.search, query));
    }
    let Some(board) = shared_board(app, link).await? else { return Ok(false) };
    if path == BOARD {
        let named = parts.uri.path().rsplit('/').next().and_then(|id| id.parse().ok());
        return Ok(named == Some(board.summary.id));
    }
    Ok(board.cards.iter().any(|card| shows(card, path, query)))
}

/// The board of a link, as long as the members of its project share it.
async fn shared_board(app: &App, link: &ShareLink) -> Result<Option<Board>, Error> {
    let Some(id) = board_of(&link.search) else { return Ok(None) };
    match app.boards.get(link.project_id, id, None).await {
        Ok(board) => Ok(Some(board)),
        Err(engine::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a card shows this question: its page asks it, and the query has the card's filters.
fn shows(card: &Card, path: &str, query: &str) -> bool {
    let page = SharedPage::parse(card.piece.area());
    page.is_some_and(|page| questions(page).contains(&path)) && has_filters(&card.search, query)
}

/// Whether a query has all filters of a link's search parameters. More filters narrow what it shows, no more.
fn has_filters(search: &str, query: &str) -> bool {
    let (Some(needed), Some(present)) = (filters(search), filters(query)) else { return false };
    needed.iter().all(|filter| {
        let mut same_name = present.iter().filter(|(name, _)| *name == filter.0);
        same_name.next() == Some(filter) && same_name.next().is_none()
    })
}

/// The parameters that filter, by name and value; none when they cannot be read.
fn filters(query: &str) -> Option<Vec<(String, String)>> {
    let parameters: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    Some(parameters.into_iter().filter(is_filter).collect())
}

fn is_filter((name, value): &(String, String)) -> bool {
    !value.is_empty() && (name == FILTERS || is_dimension(name))
}

fn is_dimension(name: &str) -> bool {
    FilterDimension::ALL.into_iter().any(|dimension| dimension.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::has_filters;

    #[test]
    fn a_query_has_the_filters_of_the_link() {
        let search = "period=28d&device=mobile&filters=browser!%3DChrome%2CSafari";
        let filters = "device=mobile&filters=browser%21%3DChrome%2CSafari";
        assert!(has_filters(search, &format!("{filters}&from=2026-11-01T00:00:00Z")));
        assert!(has_filters(search, &format!("{filters}&country=KE")), "narrower");
        assert!(has_filters("period=28d", "device=mobile"));
        assert!(has_filters("", ""));
        for other in [
            "",
            "device=mobile",
            "device=&filters=browser!%3DChrome%2CSafari",
            "device=desktop&filters=browser!%3DChrome%2CSafari",
            "device=mobile&device=desktop&filters=browser!%3DChrome%2CSafari",
            "device=mobile&filters=browser!%3DChrome",
        ] {
            assert!(!has_filters(search, other), "{other}");
        }
    }
}
