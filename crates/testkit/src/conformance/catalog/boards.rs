//! Boards that members put together.

use domain::board::{Card, CardId, CardWidth, PieceName};
use domain::id::{BoardId, MemberId};
use domain::role::{Role, RoleChange};
use domain::visibility::Visibility;
use engine::ports::catalog::{Board, BoardContent, BoardSummary, NewBoard};
use uuid::Uuid;

use super::fixtures::{NOON, join, member, member_id, project_id, two_projects};
use super::{CatalogHarness, Ports};

fn board_id(number: u128) -> BoardId {
    BoardId(Uuid::from_u128(0x9000 + number))
}

fn content(name: &str, visibility: Visibility) -> BoardContent {
    let card = |id: &str, title: Option<&str>, columns| Card {
        id: CardId::parse(id).unwrap(),
        piece: PieceName::parse("friction.items").unwrap(),
        title: title.map(str::to_owned),
        search: "device=mobile&filters=page~%C3%BC".to_owned(),
        width: CardWidth::of(columns).unwrap(),
    };
    let cards = vec![card("b", Some("“ümlaut”"), 2), card("a", None, 4)];
    BoardContent { name: name.to_owned(), visibility, cards }
}

/// A board of the first project and member.
fn board(number: u128, visibility: Visibility) -> NewBoard {
    NewBoard {
        id: board_id(number),
        project_id: project_id(1),
        author: member_id(1),
        content: content(&format!("Board {number}"), visibility),
        created_at: NOON,
    }
}

async fn add(ports: &Ports, new: &NewBoard) {
    assert!(ports.boards.add_board(new, 10).await.unwrap());
}

async fn listed(ports: &Ports, reader: Option<MemberId>) -> Vec<BoardId> {
    let found = ports.boards.boards(project_id(1), reader).await.unwrap();
    found.into_iter().map(|board| board.id).collect()
}

/// Also after a restart: its cards in their order, and its author's name.
pub async fn a_board_is_read_back_as_it_was_written<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let new = board(1, Visibility::Project);
    add(&ports, &new).await;
    store.reopen().await;
    let boards = store.ports().boards;
    let BoardContent { name, visibility, cards } = new.content;
    let summary = BoardSummary {
        id: new.id,
        name,
        visibility,
        author: member_id(1),
        author_name: Some(member(1).name),
        card_count: 2,
        version: 1,
        created_at: NOON,
        updated_at: NOON,
    };
    let found = boards.board(project_id(1), new.id).await.unwrap();
    assert_eq!(found, Some(Board { summary: summary.clone(), cards }));
    assert_eq!(boards.boards(project_id(1), None).await.unwrap(), [summary]);
    assert_eq!(boards.board(project_id(1), board_id(2)).await.unwrap(), None);
}

/// By their names; a program, which is no member, has none.
pub async fn own_boards_are_listed_for_their_author_alone<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    add(&ports, &board(3, Visibility::Own)).await;
    add(&ports, &NewBoard { author: member_id(2), ..board(2, Visibility::Own) }).await;
    add(&ports, &board(1, Visibility::Project)).await;
    let shared = board_id(1);
    assert_eq!(listed(&ports, Some(member_id(1))).await, [shared, board_id(3)]);
    assert_eq!(listed(&ports, Some(member_id(2))).await, [shared, board_id(2)]);
    assert_eq!(listed(&ports, None).await, [shared]);
}

/// Each change counts one version up; one of an older version changes nothing.
pub async fn a_board_is_replaced_by_the_version_it_was_read_in<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    add(&ports, &board(1, Visibility::Own)).await;
    let replace = async |name: &str, version| {
        let content = BoardContent { cards: vec![], ..content(name, Visibility::Project) };
        let later = NOON.plus_seconds(60);
        let replaced =
            ports.boards.replace_board(project_id(1), board_id(1), &content, version, later).await;
        replaced.unwrap()
    };
    assert!(replace("Second", 1).await);
    assert!(!replace("Stale", 1).await);
    assert!(!replace("Unknown", u64::MAX).await);
    let found = ports.boards.board(project_id(1), board_id(1)).await.unwrap().unwrap();
    let summary = found.summary;
    assert_eq!((&*summary.name, summary.version, summary.card_count), ("Second", 2, 0));
    assert_eq!((summary.created_at, summary.updated_at), (NOON, NOON.plus_seconds(60)));
    assert_eq!((summary.visibility, found.cards), (Visibility::Project, vec![]));
}

/// A board of another project is neither found, listed, replaced nor deleted.
pub async fn a_project_holds_so_many_boards_and_no_other_sees_them<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let boards = &ports.boards;
    let add = async |number| boards.add_board(&board(number, Visibility::Project), 2).await;
    assert!(add(1).await.unwrap() && add(2).await.unwrap());
    assert!(!add(3).await.unwrap());
    let (other, id) = (project_id(2), board_id(1));
    assert_eq!(boards.board(other, id).await.unwrap(), None);
    assert_eq!(boards.boards(other, Some(member_id(1))).await.unwrap(), []);
    let change = content("Taken", Visibility::Project);
    assert!(!boards.replace_board(other, id, &change, 1, NOON).await.unwrap());
    assert!(!boards.remove_board(other, id).await.unwrap());
    assert!(boards.remove_board(project_id(1), id).await.unwrap());
    assert!(!boards.remove_board(project_id(1), id).await.unwrap());
    assert!(add(3).await.unwrap());
}

/// Nobody would see the own ones any more.
pub async fn who_leaves_takes_own_boards_along_and_leaves_shared_ones<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    join(&ports, 2, 1, Role::Analyst, NOON).await;
    for (number, visibility) in [(1, Visibility::Own), (2, Visibility::Project)] {
        add(&ports, &NewBoard { author: member_id(2), ..board(number, visibility) }).await;
    }
    add(&ports, &board(3, Visibility::Own)).await;
    let end = RoleChange { by: Role::Owner, is_self: false, to: None };
    let ended = ports.memberships.change_membership(project_id(1), member_id(2), end).await;
    assert_eq!(ended.unwrap(), Some(Ok(Role::Analyst)));
    assert_eq!(listed(&ports, Some(member_id(2))).await, [board_id(2)]);
    assert_eq!(listed(&ports, Some(member_id(1))).await, [board_id(2), board_id(3)]);
}
