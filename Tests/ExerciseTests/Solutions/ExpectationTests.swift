import Checkers
import Testing

/// What the checkers' comparisons accept, and what they say of the rest.
@Suite struct ExpectationTests {
  /// What a part says whose cases are given by its check; nil where it finds nothing wrong.
  private func message(_ check: @escaping @Sendable () throws -> Void) -> String? {
    let part = Part<Void>("one", points: 1) { _ in try check() }
    guard case .wrong(let message) = PartVerdict({ try part.check(()) }) else { return nil }
    return message
  }

  private static let ideas = [
    Misconception("It is doubled.", gives: Float(4)),
    Misconception("It is squared.", gives: Float(4)),
  ]

  @Test func `the expected number alone sets the tolerance`() {
    #expect(isClose(100.5, 100, tolerance: 0.01) && !isClose(102, 100, tolerance: 0.01))
    // 100 lies within a tenth of 111, and 111 beyond a tenth of 100.
    #expect(isClose(100, 111, tolerance: 0.1) && !isClose(111, 100, tolerance: 0.1))
    #expect(!isClose(.greatestFiniteMagnitude, 1, tolerance: 0.1))
  }

  @Test func `a small number is held against its own size where the exercise says so`() {
    // An ε of 1e-5 on a loss of 4.5e-5 is within 1e-4 of 1, and not of the loss.
    #expect(isClose(5.5e-5, 4.5e-5, tolerance: 1e-4))
    #expect(!isClose(5.5e-5, 4.5e-5, tolerance: 1e-4, least: 1e-2))
    #expect(!isClose([1, 2e-20], [1, 1e-20], tolerance: 1e-4, least: 1e-30))
    #expect(isClose([1, 1e-20], [1, 1e-20], tolerance: 1e-4, least: 1e-30))
    // Each number may have a size of its own; what has none has that of all.
    let sizes = LeastSizes.each([[1, 1e-9], [1e-9]])
    #expect(isClose([[1e-5, 0], [0]], [[0, 0], [0]], tolerance: 1e-4, least: sizes))
    #expect(!isClose([[0, 1e-5], [0]], [[0, 0], [0]], tolerance: 1e-4, least: sizes))
    #expect(!isClose([[0, 0], [1e-5]], [[0, 0], [0]], tolerance: 1e-4, least: sizes))
    #expect(isClose([[0], [0], [1e-5]], [[0], [0], [0]], tolerance: 1e-4, least: sizes))
  }

  @Test func `tiny and huge numbers are shown as what they are`() {
    let numbers: [Float] = [1e-20, 1.5e-9, 3e20, 4e9, 123_456_792, 1e-5]
    #expect(text(numbers) == "[1e-20, 1.5e-09, 3e+20, 4e+09, 123456792, 1e-05]")
  }

  @Test func `infinities equal themselves alone, and NaN nothing`() {
    let all: [Float] = [.infinity, -.infinity, .nan, 0, 1]
    for (i, got) in all.enumerated() {
      for (j, expected) in all.enumerated() {
        #expect(
          isClose(got, expected, tolerance: 1e-4) == (i == j && !got.isNaN),
          "\(got) against \(expected)")
      }
    }
  }

  @Test func `a wrong idea is named where no other gives the same answer`() throws {
    let one = try #require(
      message {
        try expectClose(
          4, 2, tolerance: 0, "Wrong.", on: "2", misconceptions: [Self.ideas[0]])
      })
    #expect(one.contains("It is doubled."))
    let two = try #require(
      message { try expectClose(4, 2, tolerance: 0, "Wrong.", on: "2", misconceptions: Self.ideas) }
    )
    #expect(!two.contains("It is"))
  }

  @Test func `an idea that an earlier case rules out is not named`() throws {
    let said = try #require(
      message {
        // On 1 the learner's 2 is right, as it is doubled; squared it would be 1.
        try expectClose(
          2, 2, tolerance: 0, "Wrong.", on: "1",
          misconceptions: [
            Misconception("It is doubled.", gives: 2), Misconception("It is squared.", gives: 1),
          ])
        try expectClose(4, 2, tolerance: 0, "Wrong.", on: "2", misconceptions: Self.ideas)
      })
    #expect(said.contains("It is doubled.") && !said.contains("It is squared."))
  }

  @Test func `one idea carried out in two ways is named once`() throws {
    let ways = [
      Misconception("It is halved.", gives: [[Float.nan]]),
      Misconception("It is halved.", gives: [[Float(0.5)]]),
    ]
    for got in [Float.nan, 0.5] {
      let said = try #require(
        message {
          try expectClose(
            [[got]], [[1]], tolerance: 1e-4, "Wrong.", on: "1", misconceptions: ways)
        })
      #expect(said.contains("It is halved."), "\(said)")
    }
  }

  @Test func `a general remark stands behind every idea that fits`() throws {
    func said(_ got: Float) -> String? {
      message {
        try expectClose(
          [got], [1], tolerance: 0, "Wrong.", on: "1",
          misconceptions: [Misconception("It is doubled.", gives: [2])],
          otherwise: "It is too large.")
      }
    }
    let (known, unknown) = try (#require(said(2)), #require(said(3)))
    #expect(known.contains("It is doubled.") && !known.contains("It is too large."))
    #expect(unknown.contains("It is too large."))
  }

  @Test
  func `numbers that are equal up to rounding are shown alike, others with digits that differ`()
    throws
  {
    let said = try #require(
      message {
        try expectClose(
          [0.067924324, 1.000002, 3], [0.06792433, 1.000001, 4], tolerance: 1e-8, "Wrong.", on: "1")
      })
    #expect(said.contains("expected  [0.067924, 1.000001, 4]"), "\(said)")
    #expect(said.contains("got       [0.067924, 1.000002, 3]"), "\(said)")
  }

  @Test func `a list of another length is shown with its number of numbers`() throws {
    let one = try #require(message { try expectClose([1], [], tolerance: 0, "Wrong.", on: "1") })
    #expect(one.contains("(1 number)"))
    let rows = try #require(
      message { try expectClose([[1], [2]], [[1]], tolerance: 0, "Wrong.", on: "1") })
    #expect(rows.contains("(2 rows)"))
  }
}
