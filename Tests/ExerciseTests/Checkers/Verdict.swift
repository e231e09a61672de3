import ExerciseFunctions
import Exercises

/// How an exercise stands.
public enum State: String, Sendable, CaseIterable {
  case notStarted = "not started"
  case wrong
  /// A trap, a process that ended early, an endless loop, too much memory.
  case crashed
  case partlyRight = "partly right"
  case right
}

/// How one part of an exercise stands.
public enum PartVerdict: Sendable, Equatable {
  case right
  case notStarted
  case wrong(String)
  case crashed(String)

  /// Runs a check in this process.
  public init(_ check: () throws -> Void) {
    do {
      try check()
      self = .right
    } catch is NotStarted {
      self = .notStarted
    } catch is LostAnswer {
      self = .crashed("No answer came.")
    } catch let wrong as Wrong {
      self = .wrong(wrong.message)
    } catch {
      self = .wrong("threw \(error)")
    }
  }

  var message: String? {
    switch self {
    case .right, .notStarted: nil
    case .wrong(let message), .crashed(let message): message
    }
  }
}

/// How an exercise stands after its parts were checked.
public struct Verdict: Sendable {
  /// The exercise.
  public let exercise: ExerciseOutline
  /// Each part's verdict, in the order of the exercise's parts.
  public let parts: [PartVerdict]

  /// Joins the verdicts of an exercise's parts.
  public init(_ exercise: ExerciseOutline, parts: [PartVerdict]) {
    self.exercise = exercise
    self.parts = parts
  }

  /// Right when every part is; not started when none is begun; partly right when some part is right;
  /// otherwise what the first part that was begun came to.
  public var state: State {
    if !parts.isEmpty, parts.allSatisfy({ $0 == .right }) { return .right }
    if parts.contains(.right) { return .partlyRight }
    for part in parts {
      if case .wrong = part { return .wrong }
      if case .crashed = part { return .crashed }
    }
    return .notStarted
  }

  /// The points of the parts that are right.
  public var points: Int {
    zip(parts, exercise.parts).reduce(0) { $0 + ($1.0 == .right ? $1.1.points : 0) }
  }

  /// What to tell the learner: each part with its points and, where it is not right, why.
  public var message: String {
    var lines: [String] = []
    var crashes = Set<[Substring]>()
    for (part, verdict) in zip(exercise.parts, parts) {
      let name = "(\(part.points)): \(part.name)"
      switch verdict {
      case .right: lines.append("right \(name)")
      case .notStarted: lines.append("not started \(name)")
      case .wrong(let message): lines.append("wrong \(name)\n" + indented(message))
      case .crashed(let message):
        // Its first lines are the place and the reason: one crash is told in full once. Without a line
        // of the file nobody knows whether it is the same.
        let head = message.split(separator: "\n").prefix(2)
        let isKnown = head.first?.contains(".swift:") ?? false
        let isNew = crashes.insert(Array(head)).inserted || !isKnown
        lines.append("crashed \(name)" + (isNew ? "\n" + indented(message) : ", as above"))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The first thing that is not right, in one line.
  public var summary: String {
    for (part, verdict) in zip(exercise.parts, parts) {
      guard let message = verdict.message else { continue }
      return "\(part.name): " + message.split(separator: "\n").joined(separator: "; ")
    }
    return ""
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
  }
}
