//! trial
use super::SolveError;
use super::record::Record;
use super::strategy::{Setting, Strategy};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
pub struct Trial;
impl Strategy for Trial {
    fn name(&self) -> &'static str { "trial" }
    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let steps: u64 = std::env::var("STEPS").ok().and_then(|f| f.parse().ok()).unwrap_or(3_000_000);
        let hot: f64 = std::env::var("HOT").ok().and_then(|f| f.parse().ok()).unwrap_or(0.5);
        let rounds: u64 = std::env::var("ROUNDS").ok().and_then(|f| f.parse().ok()).unwrap_or(4);
        let mut random = ChaCha8Rng::seed_from_u64(setting.instance.problem.search().seed);
        for round in 0..rounds {
            for level in 0..setting.instance.problem.goals().len() {
                let t0 = setting.clock.spent();
                let best = record.best().cloned().unwrap();
                if let Some(mut a) = super::anneal::Annealing::new(setting, record, level) { a.run(record, steps, hot, &mut random); }
                let now = record.best().unwrap();
                eprintln!("round {round} level {level} lots {}: {:?} -> {:?} {:.1}s", best.lots.len(), best.score.goals.iter().map(|g| g / 1_000_000).collect::<Vec<_>>(), now.score.goals.iter().map(|g| g / 1_000_000).collect::<Vec<_>>(), setting.clock.spent() - t0);
            }
        }
        Ok(())
    }
}
