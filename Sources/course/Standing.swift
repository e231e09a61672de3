import Checkers
import ExerciseRunner
import Foundation

/// How an exercise stands on the board: a verdict, or what the compiler says.
struct Standing: Codable, Equatable {
  var id: String
  var title: String
  var kind: String
  var file: String
  var minutes: Int
  var difficulty: Int
  var state: String
  var points: Int
  var ofPoints: Int
  var message: String

  static let doesNotCompile = "does not compile"
  static let waits = "not checked"

  var isRight: Bool { state == State.right.rawValue }

  init(_ verdict: Verdict) {
    self.init(
      verdict.exercise, state: verdict.state.rawValue, points: verdict.points,
      message: verdict.message)
  }

  init(_ exercise: ExerciseOutline, state: String, points: Int = 0, message: String = "") {
    (id, title, kind) = (exercise.id, exercise.title, exercise.kind.rawValue)
    (file, minutes, difficulty) = (exercise.path, exercise.minutes, exercise.difficulty)
    (self.state, self.points, ofPoints) = (state, points, exercise.points)
    self.message = message
  }
}

/// The standings, checked anew where something changed and remembered where nothing did.
struct Standings {
  let course: CourseFolder
  private let builder: Builder
  private let memoryFile: String

  private struct Memory: Codable {
    /// For each chapter what its verdicts depended on.
    var fingerprints: [Int: String] = [:]
    var standings: [String: Standing] = [:]
  }

  init(_ course: CourseFolder) {
    self.course = course
    builder = Builder(course: course)
    memoryFile = builder.scratch + "/course/standings.json"
  }

  /// How each exercise of a chapter stands; runs the checker only if something changed.
  func standings(ofChapter chapter: ChapterOutline) -> [Standing] {
    if chapter.exercises.allSatisfy(course.isUntouched) {
      return chapter.exercises.map { Standing($0, state: State.notStarted.rawValue) }
    }
    let memory = load()
    let fingerprint = course.fingerprint(ofChapter: chapter.number)
    if memory.fingerprints[chapter.number] == fingerprint {
      let known = chapter.exercises.compactMap { memory.standings[$0.id] }
      if known.count == chapter.exercises.count { return known }
    }
    Terminal.say("Checking chapter \(chapter.number), which changed …")
    return check(chapter.exercises).standings
  }

  /// Checks exercises of one chapter and remembers the result.
  func check(_ exercises: [ExerciseOutline]) -> (
    standings: [Standing], printed: [String: String], errors: CompilerMessages?
  ) {
    guard let number = exercises.first?.chapter else { return ([], [:], nil) }
    if let errors = builder.build(number) {
      let standings = exercises.map { exercise in
        errors.files.contains(exercise.path)
          ? Standing(
            exercise, state: Standing.doesNotCompile,
            message: errors.firstErrors[exercise.path] ?? "")
          : Standing(
            exercise,
            state: course.isUntouched(exercise) ? State.notStarted.rawValue : Standing.waits,
            message: course.isUntouched(exercise) ? "" : waiting(for: errors))
      }
      return (standings, [:], errors)
    }
    var printed: [String: String] = [:]
    var standings: [Standing] = []
    for exercise in exercises {
      let run = CheckRun(exercise, host: builder.host(number), judge: Builder(course: course).judge)
      standings.append(Standing(run.verdict))
      printed[exercise.id] = run.printed
    }
    remember(standings, chapter: number)
    return (standings, printed, nil)
  }

  private func waiting(for errors: CompilerMessages) -> String {
    let files =
      errors.files.isEmpty ? "the chapter's exercises" : errors.files.joined(separator: ", ")
    return "waits until \(files) compiles: a chapter's exercises are compiled together"
  }

  private func load() -> Memory {
    FileManager.default.contents(atPath: memoryFile)
      .flatMap { try? JSONDecoder().decode(Memory.self, from: $0) } ?? Memory()
  }

  private func remember(_ standings: [Standing], chapter: Int) {
    var memory = load()
    let fingerprint = course.fingerprint(ofChapter: chapter)
    if memory.fingerprints[chapter] != fingerprint {
      memory.fingerprints[chapter] = fingerprint
      for exercise in Course.exercises where exercise.chapter == chapter {
        memory.standings[exercise.id] = nil
      }
    }
    for standing in standings { memory.standings[standing.id] = standing }
    try? FileManager.default.createDirectory(
      atPath: (memoryFile as NSString).deletingLastPathComponent,
      withIntermediateDirectories: true)
    try? JSONEncoder().encode(memory).write(to: URL(fileURLWithPath: memoryFile), options: .atomic)
  }
}
