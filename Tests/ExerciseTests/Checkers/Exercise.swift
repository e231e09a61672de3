// Checkers name a chapter's functions as if they were declared here.
@_exported import ExerciseFunctions

/// What an exercise asks for, in the course's sense of a kind.
public enum Kind: String, Sendable, CaseIterable {
  /// Write the method's core.
  case heart
  /// Work out a gradient or a closed form by hand.
  case derive
  /// Build a variation that the chapter does not build.
  case extend
  /// Find and repair what is wrong in a plausible, broken piece.
  case diagnose
}

/// An exercise as the course lists it: everything but its checks.
public struct ExerciseOutline: Sendable {
  /// Chapter and place, like `1.2`.
  public let id: String
  /// What the board calls it.
  public let title: String
  /// The name of the learner's file, like `KMeansStep.swift`.
  public let file: String
  /// What it asks for.
  public let kind: Kind
  /// How long it takes, in minutes.
  public let minutes: Int
  /// From 1 (a warm-up) to 3 (think first).
  public let difficulty: Int
  /// The heading in the chapter's page that it belongs to.
  public let section: String
  /// A nudge, a formula, pseudo-code; where the solution stands comes after them by itself.
  public let hints: [String]
  /// The parts that are checked one by one, with their points.
  public let parts: [(name: String, points: Int)]
  /// Checks each part on the functions of the learner's process.
  let checks: [@Sendable () throws -> Void]

  /// What a right answer is worth.
  public var points: Int { parts.reduce(0) { $0 + $1.points } }
  /// Checks one part on the functions of the learner's process, `Line.current`.
  public func verdict(ofPart part: Int) -> PartVerdict { PartVerdict(checks[part]) }
  /// The number before the dot.
  public var chapter: Int { Int(id.prefix { $0 != "." }) ?? 0 }
  /// The learner's file from the top of the course.
  public var path: String { "exercises/Chapter\(chapter)/\(file)" }
  /// Where the solution stands, from the top of the course.
  public var solutionPath: String { "solutions/Chapter\(chapter)/\(file)" }
  /// Where the stub is kept as it came, from the top of the course.
  public var stubPath: String { "Tests/ExerciseTests/Stubs/Chapter\(chapter)/\(file)" }
}

/// A part of an exercise with its check.
public struct Part<Functions>: Sendable {
  /// What is checked, in a few words.
  public let name: String
  /// What it is worth.
  public let points: Int
  /// Calls the functions and throws `Wrong` where an answer is not right.
  public let check: @Sendable (Functions) throws -> Void

  /// Joins a name, its points and the check.
  public init(
    _ name: String, points: Int, _ check: @escaping @Sendable (Functions) throws -> Void
  ) {
    self.name = name
    self.points = points
    self.check = { functions in
      try Guesses.$current.withValue(Guesses()) { try check(functions) }
    }
  }
}

/// An exercise: its outline and its checks on a chapter's functions.
public struct Exercise<Functions: RemoteFunctions>: Sendable {
  /// What the course lists.
  public let outline: ExerciseOutline
  /// What is checked, in order.
  public let parts: [Part<Functions>]

  /// Describes an exercise; see `ExerciseOutline` for the meaning of each word.
  public init(
    _ id: String, _ title: String, file: String, kind: Kind, minutes: Int, difficulty: Int,
    section: String, hints: [String], parts: [Part<Functions>]
  ) {
    outline = ExerciseOutline(
      id: id, title: title, file: file, kind: kind, minutes: minutes, difficulty: difficulty,
      section: section, hints: hints, parts: parts.map { ($0.name, $0.points) },
      checks: parts.map { part in { try part.check(Functions()) } })
    self.parts = parts
  }

  /// Checks functions in this process: for answers that are known to end.
  public func verdict(on functions: Functions) -> Verdict {
    Verdict(
      outline, parts: parts.map { part in PartVerdict { try part.check(functions) } })
  }
}
