import Testing

@testable import Notebook

@Suite struct AxisTests {
  @Test func `marks are round numbers and the range ends on them`() {
    let axis = Axis(values: [0.13, 0.87], scale: .linear, endsOnTicks: true)
    #expect(axis.ticks.map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(axis.lower == 0 && axis.upper == 1)
    // 0.3 / 0.1 is a little less than 3 and must not grow to 0.4.
    let short = Axis(values: [0, 0.3], scale: .linear, tickCount: 3, endsOnTicks: true)
    #expect(short.upper < 0.31)
  }

  @Test func `a logarithmic axis marks the data's own values where they do not crowd`() {
    let labels = [10.0, 30, 100, 1000]
    let axis = Axis(values: labels, scale: .logarithmic, endsOnTicks: false, marked: labels)
    #expect(axis.ticks.map(\.label) == ["10", "30", "100", "1,000"])
    // Equal ratios lie at equal distances.
    let step = axis.fraction(100) - axis.fraction(10)
    #expect(abs(axis.fraction(1000) - axis.fraction(100) - step) < 1e-12)
  }

  @Test(arguments: [[0.0], [5.0], [-3.0, -3.0], [], [.nan], [1e308, -1e308], [1e-300, 0]])
  func `every axis has a range, and marks inside it`(_ values: [Double]) {
    for scale in [AxisScale.linear, .logarithmic] {
      for endsOnTicks in [true, false] {
        let axis = Axis(values: values, scale: scale, endsOnTicks: endsOnTicks)
        #expect(axis.lower < axis.upper)
        #expect(axis.lower.isFinite && axis.upper.isFinite)
        for tick in axis.ticks {
          // A millionth of the range for the rounding of the marks.
          #expect((-1e-6...1 + 1e-6).contains(axis.fraction(tick.value)))
        }
        for value in values where axis.shows(value) {
          #expect((-1e-6...1 + 1e-6).contains(axis.fraction(value)))
        }
      }
    }
  }

  @Test(arguments: [
    (0.0, "0"), (0.1, "0.1"), (0.8642, "0.864"), (0.0312, "0.0312"), (12.34, "12.3"),
    (1250.4, "1,250"), (-1250.0, "-1,250"), (4.2e-6, "4.2e-6"), (1e9, "1e9"), (9.999e8, "1e9"),
    (.nan, "nan"), (-.infinity, "-inf"), (Double(Float(0.1)), "0.1"), (999_999, "999,999"),
  ])
  func `numbers are written for readers`(_ number: Double, _ text: String) {
    #expect(NumberText.short(number) == text)
  }

  @Test func `fixed decimals round to the nearest and zero has no sign`() {
    #expect(NumberText.fixed(0.125, decimals: 2) == "0.13")
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(-12.5, decimals: 1) == "-12.5")
    #expect(NumberText.fixed(7, decimals: 0) == "7")
    #expect(NumberText.typeset("-1.5e-6") == "−1.5·10⁻⁶")
    #expect(NumberText.typeset("1e6") == "10⁶")
    #expect(NumberText.typeset("-3") == "−3")
  }
}
