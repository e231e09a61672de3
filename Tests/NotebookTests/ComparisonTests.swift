import Testing

@testable import Notebook

@Suite struct ComparisonTests {
  /// Three recipes over four seeds; the first two differ by less than the better one's deviation.
  private let comparison = Comparison(
    [("good", 0.80), ("near", 0.79), ("bad", 0.5)], over: [-0.02, -0.01, 0.01, 0.02]
  ) { _, level, luck in level + luck }

  @Test func `each recipe is tried in each repetition, all of one recipe before the next`() {
    var order: [String] = []
    let tried = Comparison([("a", 1), ("b", 2)], over: [10, 20]) { name, recipe, repetition in
      order.append("\(name)\(repetition)")
      return recipe * repetition
    }
    #expect(tried.trials == [[10, 20], [20, 40]])
    #expect(order == ["a10", "a20", "b10", "b20"])
  }

  @Test func `means, the best and those about as good are found by a measure`() {
    #expect(zip(comparison.means { $0 }, [0.8, 0.79, 0.5]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(comparison.best { $0 } == "good")
    #expect(comparison.nearBest { $0 } == ["good", "near"])
    #expect(comparison.best { -$0 } == "bad")
  }

  @Test func `a lead compares recipes repetition by repetition`() {
    let lead = comparison.lead(of: "good", over: "near") { $0 }
    #expect(abs(lead.mean - 0.01) < 1e-12)
    // Both have the same luck: no deviation is left.
    #expect(lead.deviation < 1e-12 && lead.isClear)
  }

  @Test func `the table has a row for each recipe, with deviations but for counts`() {
    let table = comparison.table("T", "recipe", [("result", 2, { $0 }), ("seeds", 0, { _ in 4 })])
    #expect(table.columns.map(\.name) == ["recipe", "result", "seeds"])
    #expect(table.rows[0][0] == .text("good"))
    #expect(table.rows[0][1] == .mean(of: comparison.values(of: "good") { $0 }))
    #expect(table.rows[0][2] == .number(4))
  }

  @Test func `what a trial throws ends the comparison`() {
    struct Failed: Error {}
    #expect(throws: Failed.self) {
      try Comparison([("a", 1)], over: [1]) { _, _, _ in throw Failed() } as Comparison<Int>
    }
  }

  @Test func `two recipes of one name stop the program with the names`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Comparison(names: ["a", "a"], trials: [[1], [2]])
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(#"["a", "a"]"#))
  }
}

@Suite struct LearningCurveTests {
  private let probe = LearningCurve("probe", at: [10, 100], runs: [[0.5, 0.8], [0.6, 0.9]])
  private let scratch = LearningCurve("scratch", at: [10, 100], runs: [[0.2, 0.8], [0.3, 1]])

  @Test func `an experiment runs once for every repetition and number of labels`() {
    let curve = LearningCurve("sum", at: [1, 2, 3], over: [10, 20]) { Double($0 + $1) }
    #expect(curve.runs == [[11, 12, 13], [21, 22, 23]])
    #expect(curve.at(2) == [12, 22])
    #expect(curve.mean(3) == 18)
    #expect(curve.seconds > 0)
  }

  @Test func `shares are found as numbers are`() {
    let curve = LearningCurve("x", at: [0.01, 0.1, 1], runs: [[1, 2, 3]])
    #expect(curve.at(0.1) == [2])
    #expect(curve.at(1) == [3])
  }

  @Test func `a lead is taken at one number of labels, repetition by repetition`() {
    let lead = probe.lead(over: scratch, at: 10)
    #expect(abs(lead.mean - 0.3) < 1e-12 && lead.deviation < 1e-12)
    #expect(probe.lead(over: scratch, at: 100).isWithinChance)
  }

  @Test func `a table has labels down, a ladder has them across, with chance first`() {
    let table = LearningCurve.table("T", [probe, scratch])
    #expect(table.columns.map(\.name) == ["labels", "probe", "scratch"])
    #expect(table.rows[1] == [.number(100), .mean(of: [0.8, 0.9]), .mean(of: [0.8, 1])])
    let ladder = LearningCurve.ladder(
      "T", "start", columns: ["few", "many"], chance: 0.1, [probe, scratch])
    #expect(ladder.columns.map(\.name) == ["start", "few", "many"])
    #expect(ladder.rows[0] == ["chance", 0.1, 0.1])
    #expect(ladder.rows[2] == ["scratch", .mean(of: [0.2, 0.3]), .mean(of: [0.8, 1])])
  }

  @Test func `a learner that was not tried with a number of labels leaves a gap in the table`() {
    let table = LearningCurve.table("T", [probe, LearningCurve("all", at: [500], runs: [[1]])])
    #expect(
      table.rows.map { $0[1] } == [.mean(of: [0.5, 0.6]), .mean(of: [0.8, 0.9]), .empty])
    #expect(table.rows[2] == [.number(500), .empty, .mean(of: [1.0])])
    #expect(table.rows[0][2] == .empty)
  }

  @Test func `a number of labels that was not tried stops the program with those that were`() async
  {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LearningCurve("probe", at: [10], runs: [[1]]).mean(30)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("“probe” has no 30 among its labels [10.0]"))
  }
}
