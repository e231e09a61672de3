import Testing

@testable import Notebook

struct PairedDifferenceTests {
  @Test func `what rises and falls together is compared run by run`() {
    // Both spread by 0.1, their difference by 0.01.
    let difference = PairedDifference([0.63, 0.72, 0.84], minus: [0.60, 0.70, 0.80])
    #expect(abs(difference.mean - 0.03) < 1e-12)
    #expect(abs(difference.deviation - 0.01) < 1e-12)
    #expect(abs(difference.margin - 0.02 / 3.0.squareRoot()) < 1e-12)
    #expect(difference.isClear && !difference.isWithinChance)
    #expect(difference.points == "+3.0 ±1.0 points")
  }

  @Test func `a difference that is smaller than its chance is not clear, whatever its sign`() {
    let up = PairedDifference([0.90, 0.80, 0.85], minus: [0.80, 0.85, 0.84])
    #expect(up.mean > 0 && !up.isClear && up.isWithinChance)
    let down = PairedDifference([0.80, 0.85, 0.84], minus: [0.90, 0.80, 0.85])
    #expect(down.isWithinChance && !down.isClear)
  }

  @Test func `a clear loss is neither clear nor chance`() {
    let loss = PairedDifference([0.5, 0.51, 0.52], minus: [0.6, 0.61, 0.62])
    #expect(!loss.isClear && !loss.isWithinChance)
    #expect(loss.points == "−10.0 ±0.0 points")
  }

  @Test func `one run has the chance of a thousand test examples`() {
    #expect(!PairedDifference([0.83], minus: [0.80]).isClear)
    #expect(PairedDifference([0.84], minus: [0.80]).isClear)
    #expect(PairedDifference([0.84], minus: [0.80]).points == "+4.0 points")
  }

  @Test func `a claim holds where all leads are clear, and a clear loss needs a reason of its own`()
  {
    let clear = PairedDifference([0.9], minus: [0.8])
    let chance = PairedDifference([0.81], minus: [0.80])
    let lost = PairedDifference([0.7], minus: [0.8])
    #expect(PairedDifference.outcome(of: [clear, clear], whyNot: nil).holds)
    let undecided = PairedDifference.outcome(of: [clear, chance], whyNot: "short")
    #expect(!undecided.holds && undecided.whyNot == "too close to tell, +1.0 points")
    for leads in [[lost], [clear, lost], [chance, lost], []] {
      let outcome = PairedDifference.outcome(of: leads, whyNot: nil)
      #expect(!outcome.holds && outcome.whyNot == nil)
      #expect(PairedDifference.outcome(of: leads, whyNot: "small").whyNot == "small")
    }
  }
}
