import Checkers

/// The lines that end a check of several exercises.
public struct Summary: Sendable {
  /// The verdicts, in the order of the course.
  public var verdicts: [Verdict]

  /// Takes verdicts in any order.
  public init(_ verdicts: [Verdict]) {
    self.verdicts = verdicts.sorted { $0.exercise.id.isBefore($1.exercise.id) }
  }

  /// A line for each exercise, with the file that was checked, and the count of each state.
  ///
  /// The count is out of the exercises that the chapters list, not of those that happened to run.
  public var text: String {
    var lines: [String] = []
    let width = verdicts.map(\.exercise.title.count).max() ?? 0
    for verdict in verdicts {
      let exercise = verdict.exercise
      lines.append(
        "  \(exercise.id)  \(padded(exercise.title, width))  \(padded(verdict.state.rawValue, 12))"
          + " \(exercise.path)")
    }
    let chapters = Set(verdicts.map(\.exercise.chapter))
    let listed = Course.exercises.filter { chapters.contains($0.chapter) }
    let checked = Set(verdicts.map(\.exercise.id))
    let missing = listed.filter { !checked.contains($0.id) }.map(\.id)
    if !missing.isEmpty {
      lines.append("Not checked in this run: \(missing.joined(separator: ", ")).")
    }
    lines.append(counts(of: listed.count))
    return lines.joined(separator: "\n")
  }

  private func counts(of total: Int) -> String {
    func count(_ state: State) -> Int { verdicts.count { $0.state == state } }
    var parts = ["\(count(.wrong)) wrong", "\(count(.crashed)) crashed"]
    parts += ["\(count(.partlyRight)) partly right", "\(count(.notStarted)) not started"]
    return "\(count(.right)) of \(total) exercises solved (\(parts.joined(separator: ", ")))."
  }
}

/// A text filled up with spaces to a width.
public func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

extension String {
  /// Whether an exercise's id comes before another's: by chapter, then by place.
  public func isBefore(_ other: String) -> Bool {
    let mine = split(separator: ".").map { Int($0) ?? 0 }
    let theirs = other.split(separator: ".").map { Int($0) ?? 0 }
    return mine.lexicographicallyPrecedes(theirs)
  }
}
