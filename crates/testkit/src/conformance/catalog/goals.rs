//! Goals of projects.

use domain::goal::{GoalKind, GoalMatcher, GoalSettings};
use domain::id::GoalId;
use domain::money::{Currency, Money};
use engine::ports::catalog::Goal;
use uuid::Uuid;

use super::CatalogHarness;
use super::fixtures::{NOON, project_id, two_projects};

fn id(number: u128) -> GoalId {
    GoalId(Uuid::from_u128(number))
}

fn settings(kind: GoalKind, target: &str, value: Option<i64>) -> GoalSettings {
    let currency = Currency::parse("TZS").unwrap();
    GoalSettings {
        name: format!("{target} “ümlaut”"),
        matcher: GoalMatcher::parse(kind, target).unwrap(),
        value: value.map(|minor| Money { minor, currency }),
    }
}

/// A goal, made `seconds` after [`NOON`].
fn goal(number: u128, seconds: i64, settings: GoalSettings) -> Goal {
    Goal {
        id: id(number),
        project_id: project_id(1),
        version: 1,
        settings,
        created_at: NOON.plus_seconds(seconds),
    }
}

/// Of every kind, and after a restart.
pub async fn goals_come_in_the_order_they_were_made<S: CatalogHarness>() {
    let (mut store, ports) = two_projects::<S>().await;
    let made = [
        goal(9, 0, settings(GoalKind::Page, "/rooms/*", Some(0))),
        goal(1, 1, settings(GoalKind::Event, "newsletter.joined", None)),
        goal(2, 1, settings(GoalKind::Click, "#call", Some(150_000))),
        goal(3, 2, settings(GoalKind::Order, "", None)),
        goal(4, 3, settings(GoalKind::Booking, "", None)),
        goal(5, 4, settings(GoalKind::Stage, "Customer - Active", None)),
    ];
    for goal in made.iter().rev() {
        assert!(ports.goals.add_goal(goal, 20).await.unwrap());
    }
    store.reopen().await;
    let goals = store.ports().goals;
    assert_eq!(goals.goals(project_id(1)).await.unwrap(), made);
    assert_eq!(goals.goal(project_id(1), id(2)).await.unwrap().as_ref(), Some(&made[2]));
    assert_eq!(goals.goal(project_id(1), id(8)).await.unwrap(), None);
}

/// Two who have loaded the same version cannot both change it.
pub async fn a_goal_is_replaced_by_its_version_only<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let first = goal(1, 0, settings(GoalKind::Click, "#call", Some(150_000)));
    assert!(ports.goals.add_goal(&first, 20).await.unwrap());
    let next = settings(GoalKind::Order, "", None);
    let replace = |project, number, expected| {
        ports.goals.replace_goal(project_id(project), id(number), &next, expected)
    };
    for (project, number, expected) in
        [(1, 1, 0), (1, 1, 2), (1, 1, u64::MAX), (1, 2, 1), (2, 1, 1)]
    {
        assert_eq!(replace(project, number, expected).await.unwrap(), None, "{expected}");
    }
    let replaced = Goal { version: 2, settings: next.clone(), ..first };
    assert_eq!(replace(1, 1, 1).await.unwrap().as_ref(), Some(&replaced));
    assert_eq!(replace(1, 1, 1).await.unwrap(), None);
    assert_eq!(ports.goals.goals(project_id(1)).await.unwrap(), [replaced]);
}

/// A goal of another project is neither listed nor deleted.
pub async fn a_project_holds_so_many_goals_and_no_other_sees_them<S: CatalogHarness>() {
    let (_store, ports) = two_projects::<S>().await;
    let order = |number| goal(number, 0, settings(GoalKind::Order, "", None));
    assert!(ports.goals.add_goal(&order(1), 2).await.unwrap());
    assert!(ports.goals.add_goal(&order(2), 2).await.unwrap());
    assert!(!ports.goals.add_goal(&order(3), 2).await.unwrap());
    let foreign = Goal { project_id: project_id(2), ..order(4) };
    assert!(ports.goals.add_goal(&foreign, 2).await.unwrap());
    assert_eq!(ports.goals.goal(project_id(2), id(1)).await.unwrap(), None);
    assert!(!ports.goals.remove_goal(project_id(2), id(1)).await.unwrap());
    assert!(ports.goals.remove_goal(project_id(1), id(1)).await.unwrap());
    assert!(!ports.goals.remove_goal(project_id(1), id(1)).await.unwrap());
    assert_eq!(ports.goals.goals(project_id(1)).await.unwrap(), [order(2)]);
    assert!(ports.goals.add_goal(&order(3), 2).await.unwrap());
}
