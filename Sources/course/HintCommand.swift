import Checkers
import Foundation

/// `course hint`: a nudge, a formula, pseudo-code, and at last where the solution stands.
struct HintCommand {
  let course: CourseFolder
  /// Where it is kept how many hints were seen.
  let memoryFile: String

  init(course: CourseFolder) {
    self.course = course
    memoryFile = Builder(course: course).scratch + "/course/hints.json"
  }

  private struct Answer: Encodable {
    var exercise: String
    var tier: Int
    var ofTiers: Int
    var name: String
    var hint: String
  }

  private static let names = ["a nudge", "the formula", "pseudo-code", "the solution"]

  func run(_ id: String, tier wanted: Int?, asJSON isJSON: Bool) throws {
    guard let exercise = Course.exercise(id) else { throw unknownExercise(id) }
    let tiers = exercise.hints + [solution(exercise)]
    if let wanted, wanted > tiers.count {
      throw Complaint.usage("exercise \(id) has \(tiers.count) hints, not \(wanted)", nil)
    }
    var seen =
      FileManager.default.contents(atPath: memoryFile)
      .flatMap { try? JSONDecoder().decode([String: Int].self, from: $0) } ?? [:]
    let tier = wanted ?? min(tiers.count, seen[id, default: 0] + 1)
    seen[id] = max(tier, seen[id, default: 0])
    try? FileManager.default.createDirectory(
      atPath: (memoryFile as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true)
    try? JSONEncoder().encode(seen).write(to: URL(fileURLWithPath: memoryFile), options: .atomic)

    let answer = Answer(
      exercise: id, tier: tier, ofTiers: tiers.count, name: HintCommand.names[tier - 1],
      hint: tiers[tier - 1])
    if isJSON { return try printJSON(answer) }
    print("\(id) \(exercise.title), hint \(tier) of \(tiers.count): \(answer.name)")
    print("")
    print(answer.hint)
    if tier < tiers.count {
      print("")
      print("The next one, when you want it: swift run course hint \(id)")
    }
  }

  private func solution(_ exercise: ExerciseOutline) -> String {
    FileManager.default.fileExists(atPath: course.path + "/" + exercise.solutionPath)
      ? "The solution stands in \(exercise.solutionPath). Close it before you write your own."
      : "This copy of the course came without solutions: ask whoever gave it to you."
  }
}
