//! Puts a funding model together from its figures, and checks that they fit each other.

use super::SCHEMA;
use super::figures::{Reader, points};
use super::keys::{self, OUTCOME, PROVIDER, TIMING, WIDER};
use crate::domain::{
    Accelerator, FundingModel, OutcomeRule, ParameterValue, ParticipantGroup, Payment, PaymentKind, Provider,
    StartsProfile, Wider,
};

/// Days of a mean month.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

impl Reader<'_> {
    pub(super) fn model(&mut self, groups: &[String]) -> FundingModel {
        if let Some(schema) = self.required_text("schema").filter(|schema| schema != SCHEMA) {
            let message = format!("`{schema}` is not a schema of funding models");
            self.settings
                .refuse("schema", message, format!("write schema = \"{SCHEMA}\""));
        }
        let [name, title, source] = ["name", "title", "source"].map(|key| self.required_text(key).unwrap_or_default());
        let payments = self.payments();
        let outcome = self.settings.has("outcome").then(|| self.outcome());
        let provider = self.provider(groups, outcome.as_ref());
        let wider = self.settings.has("wider").then(|| self.wider());
        self.check_outcomes_can_be_priced(&payments, &provider);
        FundingModel {
            name,
            title,
            source,
            payments,
            provider,
            outcome,
            wider,
            parameters: std::mem::take(&mut self.parameters),
        }
    }

    fn required_text(&mut self, key: &str) -> Option<String> {
        self.settings.require(key);
        self.settings.text(key)
    }

    fn payments(&mut self) -> Vec<Payment> {
        let payments: Vec<Payment> = PaymentKind::WORDS
            .into_iter()
            .filter_map(|word| {
                let given = self.settings.has(&format!("payments.{word}"));
                given.then(|| self.payment(word))
            })
            .collect();
        self.check_sum("payments", payments.iter().map(|payment| payment.share));
        let cost_plus = |payment: &Payment| matches!(payment.kind, PaymentKind::CostPlus { .. });
        if payments.len() > 1 && payments.iter().any(cost_plus) {
            let message = "cost plus pays for everything, so that nothing is left for other payments";
            let help = "keep payments.cost_plus alone, or take it out";
            self.settings.refuse("payments.cost_plus", message, help);
        }
        payments
    }

    fn payment(&mut self, word: &str) -> Payment {
        let (share, kind) = match word {
            "fee" => {
                let [share, months, follows_volume] = self.figures(&keys::FEE);
                (share, PaymentKind::Fee { months, follows_volume })
            }
            "grant" => (self.figure(&keys::GRANT[0]), PaymentKind::Grant),
            "attachment" => (self.figure(&keys::ATTACHMENT[0]), PaymentKind::Attachment),
            "outcome" => {
                let share = self.figure(&keys::OUTCOMES[0]);
                let accelerator = self.accelerator();
                (share, PaymentKind::Outcome { accelerator })
            }
            "sustainment" => {
                let [share, after_months, count, retention] = self.figures(&keys::SUSTAINMENT);
                let kind = PaymentKind::Sustainment {
                    after_months,
                    count,
                    retention,
                };
                (share, kind)
            }
            _ => {
                let [share, margin] = self.figures(&keys::COST_PLUS);
                (share, PaymentKind::CostPlus { margin })
            }
        };
        Payment { kind, share }
    }

    /// Threshold and factor stand together, or neither does.
    fn accelerator(&mut self) -> Option<Accelerator> {
        let given = keys::ACCELERATOR.iter().any(|key| self.settings.has(&key.key));
        given.then(|| {
            let [threshold, factor] = self.figures(&keys::ACCELERATOR);
            Accelerator { threshold, factor }
        })
    }

    fn outcome(&mut self) -> OutcomeRule {
        let [hours_a_week, wage_gbp_an_hour, held_days, within_days] = self.figures(&OUTCOME);
        OutcomeRule {
            hours_a_week,
            wage_gbp_an_hour,
            held_days,
            within_days,
        }
    }

    fn wider(&mut self) -> Wider {
        let [
            specialist_unit_cost_gbp,
            mass_unit_cost_gbp,
            benefit_saving_gbp,
            additionality,
            esf_available_gbp,
            disabled_share,
            gap_people,
        ] = self.figures(&WIDER);
        Wider {
            specialist_unit_cost_gbp,
            mass_unit_cost_gbp,
            benefit_saving_gbp,
            additionality,
            esf_available_gbp,
            disabled_share,
            gap_people,
        }
    }

    fn provider(&mut self, groups: &[String], outcome: Option<&OutcomeRule>) -> Provider {
        let given = self.settings.has(&keys::REFERRAL_MONTHS.key);
        let referral_months = given.then(|| self.figure(&keys::REFERRAL_MONTHS));
        let [
            ramp_months,
            tail_months,
            months_on_programme,
            caseload,
            adviser_cost_gbp_a_year,
            staff_flex,
            cost_per_participant_gbp,
            fixed_gbp_a_month,
            set_up_gbp,
            subcontracted_share,
            management_fee,
            cost_growth_a_year,
            price_growth_a_year,
            payment_delay_months,
            finance_rate_a_year,
            target_margin,
            bearable_trough,
        ] = self.figures(&PROVIDER);
        Provider {
            referral_months,
            starts: StartsProfile {
                ramp_months,
                tail_months,
            },
            months_on_programme,
            groups: self.groups(groups),
            timing: self.timing(outcome),
            caseload,
            adviser_cost_gbp_a_year,
            staff_flex,
            cost_per_participant_gbp,
            fixed_gbp_a_month,
            set_up_gbp,
            subcontracted_share,
            management_fee,
            cost_growth_a_year,
            price_growth_a_year,
            payment_delay_months,
            finance_rate_a_year,
            target_margin,
            bearable_trough,
        }
    }

    fn groups(&mut self, ids: &[String]) -> Vec<ParticipantGroup> {
        let groups: Vec<ParticipantGroup> = ids
            .iter()
            .map(|id| {
                let [share, outcome_rate, relative_price] = self.figures(&keys::group(id));
                ParticipantGroup {
                    name: self
                        .settings
                        .text(&format!("groups.{id}.name"))
                        .unwrap_or_else(|| id.clone()),
                    share,
                    outcome_rate,
                    relative_price,
                }
            })
            .collect();
        self.check_sum("groups", groups.iter().map(|group| group.share));
        groups
    }

    /// The timing of outcomes: a curve that rises to 1 within the time that the rule of outcomes gives.
    fn timing(&mut self, outcome: Option<&OutcomeRule>) -> Vec<(f64, f64)> {
        let key = TIMING;
        let at = format!("{}.value", key.key);
        let Some(points) = self.described(&key, |s| points(s, &at)) else {
            return vec![(0.0, 0.0), (1.0, 1.0)];
        };
        let rises = |pair: &[(f64, f64)]| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1;
        let ends = points.last().is_some_and(|last| last.1 == 1.0);
        let help = "give pairs of a month and the part of all outcomes reached by then, both rising, the last part 1: [[4, 0.0], [21, 1.0]]";
        if points.len() < 2 || points[0].1 != 0.0 || !points.windows(2).all(rises) || !ends {
            self.settings.refuse(&at, "is no curve that rises from 0 to 1", help);
            return vec![(0.0, 0.0), (1.0, 1.0)];
        }
        let last = points.last().map_or(0.0, |last| last.0);
        let most = outcome.map_or(120.0, |rule| (rule.within_days / DAYS_A_MONTH).ceil());
        if last > most {
            let message = format!("the last outcome is reached in month {last}, and must be by month {most}");
            self.settings.refuse(&at, message, help);
        }
        self.keep(&key, ParameterValue::Curve(points.clone()));
        points
    }

    fn check_outcomes_can_be_priced(&mut self, payments: &[Payment], provider: &Provider) {
        let paid = |payment: &Payment| {
            matches!(
                payment.kind,
                PaymentKind::Outcome { .. } | PaymentKind::Sustainment { .. }
            )
        };
        let expected = |group: &ParticipantGroup| group.share * group.outcome_rate * group.relative_price;
        let none = provider.groups.iter().map(expected).sum::<f64>() <= 0.0;
        if payments.iter().any(|payment| paid(payment) && payment.share > 0.0) && none {
            let message = "outcomes are paid for, and none is expected";
            let help = "give a group an outcome_rate and a relative_price above 0";
            self.settings.refuse("groups", message, help);
        }
    }
}
