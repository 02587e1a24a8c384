//! trial: exact cheapest connected lot of a centre
use super::centres::Centre;
use super::instance::Instance;

type Bits = [u64; 8];

pub struct Found {
    pub bound: i64,
    pub value: i64,
    pub lot: Vec<u32>,
    pub nodes: u64,
}

pub fn list(b: &Bits) -> Vec<u32> { (0..512).filter(|&i| has(b, i)).map(|i| i as u32).collect() }

pub struct LotSearch<'a> {
    instance: &'a Instance<'a>,
    near: Vec<Bits>,
    delta: Vec<i64>,
    allowed: Bits,
    floor: i64,
    cap: i64,
    rate: i64,
    best: i64,
    lot: Bits,
    nodes: u64,
    budget: u64,
    open: i64,
    pub met: Vec<(i64, Bits)>,
}

fn has(b: &Bits, i: usize) -> bool { b[i / 64] >> (i % 64) & 1 == 1 }
fn put(b: &mut Bits, i: usize) { b[i / 64] |= 1 << (i % 64); }
fn del(b: &mut Bits, i: usize) { b[i / 64] &= !(1 << (i % 64)); }

impl<'a> LotSearch<'a> {
    pub fn new(instance: &'a Instance<'a>, floor: i64, cap: i64) -> Self {
        let near = instance.neighbours.iter().map(|l| { let mut b = [0; 8]; l.iter().for_each(|&x| put(&mut b, x as usize)); b }).collect();
        Self { instance, near, delta: vec![0; instance.len()], allowed: [0; 8], floor, cap, rate: 0, best: 0, lot: [0; 8], nodes: 0, budget: 0, open: 0, met: Vec::new() }
    }

    /// reduced: c - price for members; rate integer
    pub fn run(&mut self, centre: &Centre, price: &[i64], rate: i64, cutoff: i64, budget: u64) -> Found {
        self.allowed = [0; 8];
        self.rate = rate;
        let mut optimistic = 0;
        for m in &centre.members {
            put(&mut self.allowed, m.block as usize);
            self.delta[m.block as usize] = m.cost - price[m.block as usize] - rate * m.volume;
        }
        let own = centre.own.block as usize;
        self.delta[own] = centre.own.cost - price[own] - rate * centre.own.volume;
        self.best = cutoff;
        self.lot = [0; 8];
        self.nodes = 0;
        self.met.clear();
        self.budget = budget;
        self.open = i64::MAX;
        let mut set = [0; 8];
        put(&mut set, own);
        // reachable negatives only
        for m in &centre.members { optimistic += self.delta[m.block as usize].min(0); }
        let limit = if rate >= 0 { rate * self.floor } else { rate * self.cap };
        let allowed = self.allowed;
        self.grow(set, self.near[own], allowed, self.delta[own] + limit, optimistic, centre.own.volume);
        let lot = (0..self.instance.len()).filter(|&b| has(&self.lot, b)).map(|b| b as u32).collect();
        Found { bound: self.open.min(self.best), value: self.best, lot, nodes: self.nodes }
    }

    fn grow(&mut self, set: Bits, front: Bits, allowed: Bits, fixed: i64, optimistic: i64, volume: i64) {
        let mut allowed = allowed;
        let mut optimistic = optimistic;
        loop {
            if fixed + optimistic >= self.best { return; }
            if self.nodes >= self.budget { self.open = self.open.min(fixed + optimistic); return; }
            self.nodes += 1;
            if volume >= self.floor && volume <= self.cap {
                let off = if self.rate >= 0 { self.rate * (volume - self.floor) } else { self.rate * (volume - self.cap) };
                let value = fixed + off;
                if value < self.best { self.best = value; self.lot = set; self.met.push((value, set)); }
            }
            // choose
            let mut pick = usize::MAX;
            let mut least = i64::MAX;
            for w in 0..8 {
                let mut x = front[w] & allowed[w];
                while x != 0 {
                    let b = w * 64 + x.trailing_zeros() as usize;
                    x &= x - 1;
                    if self.delta[b] < least { least = self.delta[b]; pick = b; }
                }
            }
            if pick == usize::MAX { return; }
            del(&mut allowed, pick);
            let d = self.delta[pick];
            optimistic -= d.min(0);
            let vol = volume + self.instance.volume[pick];
            if vol <= self.cap {
                let mut s = set;
                put(&mut s, pick);
                let mut f = front;
                for w in 0..8 { f[w] |= self.near[pick][w]; f[w] &= !s[w]; }
                self.grow(s, f, allowed, fixed + d, optimistic, vol);
            }
            // then banned: what is cut off is lost
            if d < 0 || true {
                optimistic = self.reachable(&set, &front, &allowed);
            }
        }
    }

    /// negatives that can still be reached
    fn reachable(&self, set: &Bits, front: &Bits, allowed: &Bits) -> i64 {
        let mut seen = *set;
        let mut sum = 0;
        let mut fresh = [0u64; 8];
        for w in 0..8 { fresh[w] = front[w] & allowed[w] & !seen[w]; }
        loop {
            let mut next = [0u64; 8];
            let mut any = false;
            for w in 0..8 {
                let mut x = fresh[w];
                seen[w] |= x;
                while x != 0 {
                    let b = w * 64 + x.trailing_zeros() as usize;
                    x &= x - 1;
                    sum += self.delta[b].min(0);
                    for v in 0..8 { next[v] |= self.near[b][v]; }
                }
            }
            for w in 0..8 { next[w] &= allowed[w] & !seen[w]; any |= next[w] != 0; }
            if !any { return sum; }
            fresh = next;
        }
    }
}
