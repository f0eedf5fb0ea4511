//! An ingest to test, with one project and one key.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::event::{Category, NewEvent};
use domain::id::{KeyId, MemberId, ProjectId};
use domain::origin::{AllowedDomain, PageOrigin};
use domain::project_creation::{CreationRule, ProjectCreationContext, ProjectCreationError};
use domain::project_settings::ProjectSettings;
use domain::role::Role;
use domain::sdk_settings::SdkSettings;
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ingest::{
    DailyVisitors, Dependencies, FailedEventBudget, IncomingItem, Ingest, KeyDirectory,
    SuppressionRegistry,
};
use engine::ports::catalog::{
    ApiKey, ApiKeyPatch, ApiKeyStore, Error, Membership, NewProject, Project, ProjectSettingsStore,
    ProjectStore, RateCount, RateLimitStore, SdkSettingsStore, VersionedProjectSettings,
    VersionedSdkSettings, VisitorSalt, VisitorSaltStore,
};
use engine::ports::geo::NoGeo;
use engine::retention::RetentionFloors;
use testkit::clock::ManualClock;
use testkit::fakes::journal::MemoryJournal;
use testkit::fakes::retention::FixedFloors;
use testkit::fakes::suppressions::NoSuppressions;
use testkit::ids::CountingIds;
use testkit::random::CountingRandom;
use testkit::records::{OwnedRecord, records};
use uuid::Uuid;

pub(crate) const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));
pub(crate) const KEY: &str = "fk_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
pub(crate) const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(196, 249, 12, 34));
pub(crate) const BROWSER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/// The one key and its project.
#[derive(Debug)]
pub(crate) struct OneKey(pub(crate) Mutex<ApiKey>);

#[async_trait]
impl ApiKeyStore for OneKey {
    async fn add(&self, key: ApiKey) -> Result<(), Error> {
        *self.0.lock().expect("unpoisoned") = key;
        Ok(())
    }

    async fn of_project(&self, _: ProjectId) -> Result<Vec<ApiKey>, Error> {
        Ok(vec![self.0.lock().expect("unpoisoned").clone()])
    }

    async fn by_text(&self, text: &str) -> Result<Option<ApiKey>, Error> {
        let key = self.0.lock().expect("unpoisoned").clone();
        Ok((key.key == text).then_some(key))
    }

    async fn by_origin(&self, _: &PageOrigin) -> Result<Option<ApiKey>, Error> {
        Ok(Some(self.0.lock().expect("unpoisoned").clone()))
    }

    async fn change(
        &self,
        _: ProjectId,
        _: KeyId,
        changes: ApiKeyPatch,
    ) -> Result<Option<ApiKey>, Error> {
        let mut key = self.0.lock().expect("unpoisoned");
        key.is_active = changes.is_active.unwrap_or(key.is_active);
        Ok(Some(key.clone()))
    }

    async fn remove(&self, _: ProjectId, _: KeyId) -> Result<Option<ApiKey>, Error> {
        Ok(None)
    }

    async fn touch(&self, used: &[(KeyId, Timestamp)]) -> Result<(), Error> {
        self.0.lock().expect("unpoisoned").last_used_at = used.last().map(|(_, at)| *at);
        Ok(())
    }
}

#[async_trait]
impl RateLimitStore for OneKey {
    async fn add_rate_counts(
        &self,
        _: &[RateCount],
        _: Timestamp,
    ) -> Result<Vec<RateCount>, Error> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl ProjectStore for OneKey {
    async fn create(
        &self,
        _: NewProject,
        _: CreationRule,
    ) -> Result<Result<Project, ProjectCreationError>, Error> {
        Err(Error::AlreadyExists { what: "project" })
    }

    async fn standing(&self, _: MemberId) -> Result<ProjectCreationContext, Error> {
        Ok(ProjectCreationContext::default())
    }

    async fn project(&self, id: ProjectId) -> Result<Option<Project>, Error> {
        Ok(Some(Project {
            id,
            name: "Shop".to_owned(),
            retention_days: 30,
            time_zone: domain::zone::Zone::UTC,
            created_at: Timestamp::EPOCH,
            logo_at: None,
        }))
    }

    async fn of_member(&self, _: MemberId) -> Result<Vec<Membership>, Error> {
        Ok(Vec::new())
    }

    async fn role(&self, _: MemberId, _: ProjectId) -> Result<Option<Role>, Error> {
        Ok(None)
    }

    async fn all(&self) -> Result<Vec<Project>, Error> {
        Ok(Vec::new())
    }
}

/// An ingest and what it stands on.
pub(crate) struct IngestFixture {
    pub(crate) ingest: Ingest,
    pub(crate) journal: Arc<MemoryJournal>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) keys: Arc<OneKey>,
    pub(crate) visitors: Arc<DailyVisitors>,
    pub(crate) settings: Arc<OneSetting>,
}

/// The zone of every project.
pub(crate) const ZONE: &str = "Africa/Dar_es_Salaam";

/// The SDK's settings of every project.
#[derive(Default)]
pub(crate) struct OneSetting(pub(crate) Mutex<SdkSettings>);

#[async_trait]
impl SdkSettingsStore for OneSetting {
    async fn sdk_settings(&self, _: ProjectId) -> Result<VersionedSdkSettings, Error> {
        let settings = self.0.lock().expect("unpoisoned").clone();
        Ok(VersionedSdkSettings { version: 1, settings })
    }

    async fn set_sdk_settings(
        &self,
        _: ProjectId,
        _: &SdkSettings,
        _: u64,
        _: Timestamp,
    ) -> Result<Option<VersionedSdkSettings>, Error> {
        Ok(None)
    }
}

#[async_trait]
impl ProjectSettingsStore for OneSetting {
    async fn project_settings(&self, _: ProjectId) -> Result<VersionedProjectSettings, Error> {
        let time_zone = Zone::parse(ZONE).expect("a zone");
        let settings = ProjectSettings { time_zone, ..ProjectSettings::default() };
        Ok(VersionedProjectSettings { settings, ..VersionedProjectSettings::default() })
    }

    async fn set_project_settings(
        &self,
        _: ProjectId,
        _: &str,
        _: &ProjectSettings,
        _: u64,
        _: Timestamp,
    ) -> Result<Option<VersionedProjectSettings>, Error> {
        Ok(None)
    }
}

/// A catalog that keeps no salt: each is new when it is fetched.
struct FreshSalts;

#[async_trait]
impl VisitorSaltStore for FreshSalts {
    async fn visitor_salts(
        &self,
        _: i32,
        fresh: [VisitorSalt; 2],
    ) -> Result<[VisitorSalt; 2], Error> {
        Ok(fresh)
    }
}

/// An ingest whose key admits pages of `shop.test`, ten requests a minute, and keeps `failed_bytes`.
pub(crate) fn ingest(failed_bytes: usize) -> IngestFixture {
    let clock = Arc::new(ManualClock::default());
    let journal = Arc::new(MemoryJournal::new(clock.clone()));
    let keys = Arc::new(OneKey(Mutex::new(ApiKey {
        id: KeyId(Uuid::from_u128(1)),
        project_id: PROJECT,
        key_name: "Web site".to_owned(),
        key: KEY.to_owned(),
        allowed_domains: vec![AllowedDomain::parse("shop.test").expect("a domain")],
        rate_limit_per_minute: 10,
        is_active: true,
        created_at: Timestamp::EPOCH,
        last_used_at: None,
    })));
    let random = Arc::new(CountingRandom::default());
    let visitors = DailyVisitors::new(Arc::new(FreshSalts), random, clock.clone());
    let visitors = Arc::new(visitors);
    let settings = Arc::new(OneSetting::default());
    let ingest = Ingest::new(Dependencies {
        journal: journal.clone(),
        keys: Arc::new(KeyDirectory::new(keys.clone())),
        geo: Arc::new(NoGeo),
        address_limit_per_minute: 0,
        budget: FailedEventBudget::new(failed_bytes),
        suppressions: Arc::new(SuppressionRegistry::new(Arc::new(NoSuppressions))),
        visitors: visitors.clone(),
        policies: settings.clone(),
        floors: Arc::new(RetentionFloors::new(Arc::new(FixedFloors::default()))),
        clock: clock.clone(),
        ids: Arc::new(CountingIds::default()),
    })
    .expect("the patterns compile");
    IngestFixture { ingest, journal, clock, keys, visitors, settings }
}

impl IngestFixture {
    /// Everything journaled, decoded; a duplicate as none.
    pub(crate) async fn records(&self) -> Vec<Option<OwnedRecord>> {
        records(&*self.journal).await
    }
}

/// A rage click with this id.
pub(crate) fn rage_click(id: &str) -> NewEvent {
    NewEvent {
        id: Some(id.to_owned()),
        page_url: Some("https://shop.test/cart?token=secret".to_owned()),
        ..NewEvent::new(Category::Friction, "rage_click")
    }
}

/// An item that was read.
pub(crate) fn item(event: NewEvent) -> IncomingItem<'static> {
    IncomingItem::new(b"{}", Ok(event))
}
