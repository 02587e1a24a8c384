//! trial
use super::SolveError;
use super::centres::Centres;
use super::pricing::Pricing;
use super::record::Record;
use super::separator::{parts, separator};
use super::strategy::{Setting, Strategy};
use crate::model::hess::{Cut, Hub, Limits, Pair, hess};

pub struct Hess;

impl Strategy for Hess {
    fn name(&self) -> &'static str {
        "hess"
    }
    fn run(&self, setting: &Setting<'_>, record: &mut Record<'_>) -> Result<(), SolveError> {
        let instance = setting.instance;
        let Some(best) = record.best().cloned() else { return Ok(()) };
        let begun = setting.clock.spent();
        let centres = Centres::new(instance, best.lots.len());
        let k = best.lots.len();
        eprintln!("centres {} pairs {} cap {} floor {}", centres.list.len(), centres.pairs(), centres.cap, centres.floor);
        let mut upper: f64 = best.lots.iter().map(|lot| instance.travel(lot) as f64).sum();
        let mut price = vec![0.0; instance.len()];
        for lot in &best.lots {
            let t = instance.travel(lot) as f64;
            let v = instance.volume_of(lot) as f64;
            for &b in lot { price[b as usize] = t * 1.5 * instance.volume[b as usize] as f64 / v; }
        }
        let mut pricing = Pricing::new(&centres, instance.len());
        let mut most = f64::NEG_INFINITY;
        let mut best_price = price.clone();
        let mut dir = vec![0.0; instance.len()];
        let mut theta = 1.0;
        let mut still = 0;
        let mut used = vec![0.0_f64; centres.list.len()];
        for round in 0..2000 {
            let p = pricing.evaluate(&price);
            used.iter_mut().for_each(|u| *u *= 0.98);
            p.chosen.iter().for_each(|&c| used[c] += 1.0);
            if p.bound > most + 1e-6 * most.abs() { still = 0; } else { still += 1; }
            if p.bound > most { most = p.bound; best_price = price.clone(); }
            if still > 25 { theta *= 0.75; still = 0; price = best_price.clone(); dir.iter_mut().for_each(|d| *d = 0.0); }
            let mut norm = 0.0;
            let g: Vec<f64> = p.held.iter().map(|h| 1.0 - h).collect();
            for (d, g) in dir.iter_mut().zip(&g) { *d = g + 0.6 * *d; norm += *d * *d; }
            if norm < 1e-9 { break; }
            let step = theta * (upper * 1.02 - p.bound).max(upper * 1e-4) / norm;
            for (x, d) in price.iter_mut().zip(&dir) { *x += step * d; }
            if round % 400 == 399 { eprintln!("{round}: bound {:.0} of {:.0}: gap {:.3} % theta {theta:.4} {:.2}s", most / 1e6, upper / 1e6, 100.0 * (upper - most) / upper, setting.clock.spent() - begun); }
            if theta < 1e-3 { break; }
        }
        let iters: usize = std::env::var("ITERS").ok().and_then(|f| f.parse().ok()).unwrap_or(60);
        let mut fails = 0; let mut budget: u64 = std::env::var("BUDGET").ok().and_then(|f| f.parse().ok()).unwrap_or(5000);
        let alpha: f64 = std::env::var("ALPHA").ok().and_then(|f| f.parse().ok()).unwrap_or(0.3);
        let mut pool: Vec<Vec<u32>> = Vec::new();
        let mut inpool: std::collections::BTreeSet<Vec<u32>> = std::collections::BTreeSet::new();
        for lot in &best.lots { let mut l = lot.clone(); l.sort(); if inpool.insert(l.clone()) { pool.push(l); } }
        let mut ls = super::lot_search::LotSearch::new(instance, centres.floor, centres.cap);
        let mut exact = i64::MIN;
        let mut centre_price = best_price.clone();
        let mut trial = best_price.clone();
        let mut sigma = f64::MAX; let mut weight = vec![0.0_f64; centres.list.len()];
        let mut lp = f64::MAX; let mut delta = 0.3_f64; let scale = most / instance.total as f64;
        for iter in 0..iters {
            if setting.clock.over().is_some() { break; }
            let t0 = setting.clock.spent();
            let int: Vec<i64> = trial.iter().map(|p| p.round() as i64).collect();
            let mut order: Vec<(f64, f64, usize)> = centres.list.iter().enumerate().map(|(at, c)| { let (v, r) = pricing.value_rate(c, &trial); (v, r, at) }).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut least: Vec<i64> = Vec::new();
            let mut nodes = 0;
            let mut new = 0;
            let mut capped = 0;
            for &(v, rate, at) in &order {
                let kth = if least.len() >= k { least[k - 1] } else { i64::MAX / 4 };
                if !v.is_finite() || v as i64 >= kth { continue; }
                let f = ls.run(&centres.list[at], &int, rate.round() as i64, kth, budget);
                nodes += f.nodes;
                if f.bound < f.value { capped += 1; }
                if f.bound < kth { let at = least.partition_point(|&x| x < f.bound); least.insert(at, f.bound); }
                for (_, set) in ls.met.iter().rev().take(4) {
                    let l = super::lot_search::list(set);
                    if inpool.insert(l.clone()) { pool.push(l); new += 1; }
                }
            }
            let bound = int.iter().sum::<i64>() + least.iter().take(k).sum::<i64>();
            let t1 = setting.clock.spent();
            if bound > exact { exact = bound; centre_price = trial.clone(); fails = 0; } else { fails += 1;
                if new == 0 && capped > 0 { budget = (budget * 3).min(3_000_000); } else if new == 0 { centre_price = trial.clone(); }
                else if fails % 3 == 0 { delta = (delta * 0.7).max(0.01); } }
            // master LP
            let mut program = crate::model::Program::default();
            for lot in &pool { program.add_column("x", instance.travel(lot), 2, true); }
            for b in 0..instance.len() { program.add_row(format!("b{b}"), crate::model::Sense::Equal, 1); }
            let lots_row = program.add_row("lots", crate::model::Sense::Equal, k as i64);
            for (c, lot) in pool.iter().enumerate() { for &b in lot { program.set(b as usize, c, 1); } program.set(lots_row, c, 1); }
            let boxed = program.clone();
            for b in 0..instance.len() {
                let d = delta * (centre_price[b].abs() + scale * instance.volume[b] as f64) * 0.5;
                let under = program.add_column("u", (centre_price[b] + d) as i64, 3, false); program.set(b, under, 1);
                let over = program.add_column("o", -(centre_price[b] - d) as i64, 3, false); program.set(b, over, -1);
            }
            let answer = setting.backend.solve(&program, &setting.effort(30.0, true), None)?;
            if let Some(p) = &answer.point { weight.iter_mut().for_each(|w| *w = 0.0); for (c, lot) in pool.iter().enumerate() { if p[c] > 1e-6 {
                let h = lot.iter().flat_map(|&b| instance.places[b as usize].iter().map(|x| x.0)).min_by_key(|&h| lot.iter().map(|&b| instance.block_travel(b as usize, h as usize)).sum::<i64>()).unwrap();
                weight[centres.list.iter().position(|c| c.hub == h).unwrap()] += p[c]; } } }
            if answer.duals.len() <= lots_row { eprintln!("no duals {:?}", answer.status); break; }
            sigma = answer.duals[lots_row];
            lp = answer.duals.iter().take(instance.len()).sum::<f64>() + sigma * k as f64;
            for b in 0..instance.len() { trial[b] = (if new == 0 { 0.0 } else { alpha }) * centre_price[b] + (1.0 - if new == 0 { 0.0 } else { alpha }) * answer.duals[b]; }
            if iter % 5 == 4 || iter < 3 { eprintln!("it {iter}: exact {:.0} best {:.0} lp {:.0} ub {:.0} gap {:.3}% pool {} new {new} nodes {nodes} capped {capped} price {:.2}s lp {:.2}s total {:.1} delta {delta:.3}", bound as f64 / 1e6, exact as f64 / 1e6, lp / 1e6, upper / 1e6, 100.0 * (upper - exact as f64) / upper, pool.len(), t1 - t0, setting.clock.spent() - t1, setting.clock.spent() - begun); }
            if lp - (exact as f64) < 1e-5 * lp { break; }
            if iter % 20 == 19 {
                let mut effort = setting.effort(20.0, false);
                effort.nodes = Some(2000);
                let t2 = setting.clock.spent();
                let answer = setting.backend.solve(&boxed, &effort, None)?;
                if let Some(point) = answer.point {
                    let lots: Vec<Vec<u32>> = pool.iter().zip(&point).filter(|(_, w)| **w > 0.5).map(|(l, _)| l.clone()).collect();
                    let took = record.offer(&lots, "columns");
                    if took { upper = lots.iter().map(|lot| instance.travel(lot) as f64).sum(); }
                }
                eprintln!("   mip {:?} bound {:.0} ub {:.0} in {:.1}", answer.status, answer.bound / 1e6, upper / 1e6, setting.clock.spent() - t2);
            }
        }
        let _ = (sigma, lp);
        eprintln!("gap {:.3} %", 100.0 * (upper - exact as f64) / upper);
        used = weight;
        let factor: f64 = std::env::var("FACTOR").ok().and_then(|f| f.parse().ok()).unwrap_or(2.0);
        let near: usize = std::env::var("NEAR").ok().and_then(|f| f.parse().ok()).unwrap_or(6);
        let mut order: Vec<usize> = (0..used.len()).collect();
        order.sort_by(|&a, &b| used[b].total_cmp(&used[a]));
        order.truncate((factor * k as f64) as usize);
        let mut hubs: Vec<Hub> = order.iter().map(|&c| { let c0 = &centres.list[c]; Hub { number: c, own: Pair { block: c0.own.block, volume: c0.own.volume, cost: c0.own.cost }, pairs: Vec::new() } }).collect();
        for b in 0..instance.len() as u32 {
            let mut list: Vec<(i64, usize)> = order.iter().enumerate().map(|(at, &c)| (instance.block_travel(b as usize, centres.list[c].hub as usize), at)).collect();
            list.sort();
            for &(cost, at) in list.iter().take(near) {
                if hubs[at].own.block != b { hubs[at].pairs.push(Pair { block: b, volume: instance.volume[b as usize], cost }); }
            }
        }
        let mut cuts: Vec<Cut> = Vec::new();
        let limits = Limits { lots: k as i64, floor: centres.floor, cap: centres.cap };
        for round in 0..6 {
            let (program, columns) = hess(instance.len(), &hubs, limits, &cuts, |b| instance.name(b));
            let t0 = setting.clock.spent();
            let answer = setting.backend.solve(&program, &setting.effort(15.0, false), None)?;
            eprintln!("round {round}: cols {} rows {} {:?} bound {:.0} in {:.1}s", program.columns().len(), program.rows().len(), answer.status, answer.bound / 1e6, setting.clock.spent() - t0);
            let Some(point) = answer.point else { break };
            let mut lots = Vec::new();
            let before = cuts.len();
            for (at, (hub, &first)) in hubs.iter().zip(&columns).enumerate() {
                if point[first] < 0.5 { continue; }
                let mut lot = vec![hub.own.block];
                lot.extend(hub.pairs.iter().enumerate().filter(|(i, _)| point[first + 1 + i] > 0.5).map(|(_, p)| p.block));
                let ps = parts(&instance.neighbours, &lot);
                if ps.len() > 1 {
                    let home = ps.iter().find(|p| p.contains(&hub.own.block)).unwrap().clone();
                    for p in ps.iter().filter(|p| !p.contains(&hub.own.block)) {
                        let between = separator(&instance.neighbours, &home, p[0]);
                        for &b in p { cuts.push(Cut { hub: at, block: b, between: between.clone() }); }
                    }
                }
                lots.push(lot);
            }
            let value: f64 = lots.iter().map(|lot| instance.travel(lot) as f64).sum();
            eprintln!("   value {:.0} cuts {} broken {:?}", value / 1e6, cuts.len() - before, instance.broken(&lots));
            if cuts.len() == before { record.offer(&lots, "hess"); upper = upper.min(value); break; }
        }
        eprintln!("gap {:.3} %", 100.0 * (upper - most) / upper);
        Ok(())
    }
}
