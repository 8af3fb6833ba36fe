//! Repeatable chance: the same numbers on every machine.

/// A stream of numbers that look random and depend on nothing but its beginning.
///
/// SplitMix64, from Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*
/// (OOPSLA 2014). Good enough for made-up marks; never for anything that must be hard to guess.
#[derive(Debug, Clone)]
pub(super) struct Stream(u64);

/// What a stream is drawn for. Each purpose has its own, so that what is added to one part of the
/// school changes nothing in another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Size = 1,
    Identity,
    Groups,
    Prior,
    Choices,
    Talent,
    Year,
    Strain,
    Target,
    Event,
    Entry,
    Staff,
    Teaching,
    Assessment,
    Intervention,
}

impl Stream {
    /// The stream of a seed for a purpose and whatever else it is about.
    pub(super) fn of(seed: u64, purpose: Purpose, about: &[usize]) -> Stream {
        let mut stream = Stream(seed);
        stream.mix(purpose as u64);
        for part in about {
            stream.mix(u64::try_from(*part).unwrap_or(u64::MAX));
        }
        stream
    }

    fn mix(&mut self, part: u64) {
        self.0 = self.bits() ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to but not including 1.
    pub(super) fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 holds exactly.
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// From 0 up to but not including `count`; 0 for a count of 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.bits() % count).unwrap_or(0)
    }

    /// Close to the normal distribution with mean 0 and standard deviation 1: the sum of twelve
    /// even ones. Logarithms and cosines would do better in the far tails, but machines round
    /// them differently, and the same seed must make the same school everywhere.
    pub(super) fn normal(&mut self) -> f64 {
        let mut sum = 0_u64;
        for _ in 0..3 {
            let bits = self.bits();
            for quarter in 0..4 {
                sum += (bits >> (16 * quarter)) & 0xFFFF;
            }
        }
        sum as f64 / 65_535.0 - 6.0
    }

    /// One of a list; nothing of an empty one.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of a list of words; empty of an empty one.
    pub(super) fn word<'a>(&mut self, list: &[&'a str]) -> &'a str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// The place of one of some weights, each as probable as it is heavy.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            last = place;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_published_generator() {
        // The output of the reference implementation for the state 1234567.
        let mut stream = Stream(1_234_567);
        assert_eq!(stream.bits(), 6_457_827_717_110_365_317);
        assert_eq!(stream.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn the_normal_numbers_have_the_moments_they_should() {
        let mut stream = Stream::of(1, Purpose::Event, &[]);
        let numbers: Vec<f64> = (0..20_000).map(|_| stream.normal()).collect();
        let mean = numbers.iter().sum::<f64>() / 20_000.0;
        let variance = numbers.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((variance - 1.0).abs() < 0.04, "{variance}");
    }

    #[test]
    fn streams_for_other_things_are_other_streams() {
        let first = |purpose, about: &[usize]| Stream::of(7, purpose, about).bits();
        assert_ne!(first(Purpose::Talent, &[1]), first(Purpose::Talent, &[2]));
        assert_ne!(first(Purpose::Talent, &[1]), first(Purpose::Year, &[1]));
        assert_ne!(
            first(Purpose::Event, &[1, 2]),
            first(Purpose::Event, &[2, 1])
        );
        assert_eq!(
            first(Purpose::Event, &[1, 2]),
            first(Purpose::Event, &[1, 2])
        );
    }
}
