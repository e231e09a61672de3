import Checkers
import ExerciseRunner
import Foundation

/// What one learner reached.
struct Grade: Encodable {
  var learner: String
  var points: Int
  var ofPoints: Int
  var exercises: [Standing]
  var notes: [String]
}

/// Checks submissions one after another in a copy of the course.
///
/// The copy is made of the teacher's files; of a submission only the listed exercises' files go into
/// it. Every learner starts from the same copy: what a run changed is found and put right.
struct Grading {
  let course: CourseFolder
  let chapters: [ChapterOutline]
  /// Where the submissions are.
  let submissions: String
  private let tree: StudentTree
  private let copy: String
  /// Builds the copy's checking programs.
  let builder: Builder

  init(course: CourseFolder, chapters: [ChapterOutline], submissions: String) {
    self.course = course
    self.chapters = chapters
    self.submissions = submissions
    tree = StudentTree(of: course)
    copy = Builder(course: course).scratch + "/grading/course"
    builder = Builder(copy: copy)
  }

  /// The exercises that are graded.
  var exercises: [ExerciseOutline] { chapters.flatMap(\.exercises) }

  /// Makes the copy and builds it with the stubs, so that each learner's build is a small one.
  func prepare() throws {
    try tree.synchronise(tree.files(), to: copy)
    for chapter in chapters {
      if let errors = builder.build(chapter.number) {
        throw Complaint.failure("the course's own copy does not build: \(errors.text)")
      }
    }
  }

  /// Checks one submission.
  func grade(_ submission: Submission) throws -> Grade {
    var notes = submission.notes
    var standings: [Standing] = []
    for chapter in chapters {
      let broken = try place(submission, chapter)
      for exercise in chapter.exercises {
        if let refusal = submission.refusals[exercise.id] {
          standings.append(Standing(exercise, state: State.notStarted.rawValue, message: refusal))
        } else if submission.texts[exercise.id] == nil {
          standings.append(
            Standing(exercise, state: State.notStarted.rawValue, message: "no file"))
        } else if let error = broken[exercise.id] {
          standings.append(Standing(exercise, state: Standing.doesNotCompile, message: error))
        } else {
          standings.append(try check(exercise, &notes))
        }
      }
    }
    return Grade(
      learner: submission.learner, points: standings.reduce(0) { $0 + $1.points },
      ofPoints: standings.reduce(0) { $0 + $1.ofPoints }, exercises: standings, notes: notes)
  }

  private func check(_ exercise: ExerciseOutline, _ notes: inout [String]) throws -> Standing {
    let own = ["Package.swift", "Sources", "Tests", "exercises", "solutions"].map {
      course.path + "/" + $0
    }
    let before = Snapshot(of: own + [submissions])
    let copyBefore = Snapshot(of: [copy])
    let run = CheckRun(
      exercise, host: builder.host(exercise.chapter), judge: Builder(course: course).judge)
    if let file = before.difference(from: Snapshot(of: own + [submissions])) {
      throw Complaint.failure(
        "while exercise \(exercise.id) of a learner ran, \(file) changed: grading stopped")
    }
    if let file = copyBefore.difference(from: Snapshot(of: [copy])) {
      // Whatever it was after, the next one gets a clean copy, and this answer no points.
      notes.append("exercise \(exercise.id) changed \(file) while it ran: look at it")
      try FileManager.default.removeItem(atPath: copy)
      try prepare()
      return Standing(
        exercise, state: State.crashed.rawValue, message: "changed files while it ran")
    }
    return Standing(run.verdict)
  }

  /// Puts a submission's files into the copy and builds; files that do not compile are replaced by
  /// their stubs, so that they do not stop the others.
  ///
  /// - Returns: The compiler's first complaint for each exercise that does not compile.
  private func place(
    _ submission: Submission, _ chapter: ChapterOutline
  ) throws -> [String: String] {
    let came = chapter.exercises.filter { submission.texts[$0.id] != nil }
    try write(came, of: submission, chapter)
    guard let errors = builder.build(chapter.number) else { return [:] }
    var broken: [String: String] = [:]
    for exercise in came {
      if let error = errors.firstErrors[exercise.path] { broken[exercise.id] = error }
    }
    try write(came.filter { broken[$0.id] == nil }, of: submission, chapter)
    guard let others = builder.build(chapter.number) else { return broken }
    // The compiler does not say whose fault it is (a function is missing, or two files clash), or
    // the first errors hid others: try each file alone.
    for exercise in came where broken[exercise.id] == nil {
      try write([exercise], of: submission, chapter)
      if let errors = builder.build(chapter.number) {
        broken[exercise.id] = errors.firstErrors[exercise.path] ?? firstLine(of: errors)
      }
    }
    try write(came.filter { broken[$0.id] == nil }, of: submission, chapter)
    if builder.build(chapter.number) == nil { return broken }
    // Each compiles alone but not together.
    for exercise in came where broken[exercise.id] == nil {
      broken[exercise.id] = firstLine(of: others)
    }
    try write([], of: submission, chapter)
    if let errors = builder.build(chapter.number) {
      throw Complaint.failure("the course's own copy does not build: \(errors.text)")
    }
    return broken
  }

  private func firstLine(of errors: CompilerMessages) -> String {
    let line = errors.text.split(separator: "\n").first.map(String.init) ?? ""
    // An error in the checking program: a function is missing or was declared in another way.
    guard line.contains("/Hosts/"), let error = line.firstRange(of: ": error: ") else {
      return line
    }
    return "as the checker calls it: \(line[error.upperBound...])"
  }

  /// Writes the answers to some exercises into the copy, and the stubs of the chapter's others.
  private func write(
    _ exercises: [ExerciseOutline], of submission: Submission, _ chapter: ChapterOutline
  ) throws {
    for exercise in chapter.exercises {
      let isChosen = exercises.contains { $0.id == exercise.id }
      let text = isChosen ? submission.texts[exercise.id] : course.bytes(exercise.stubPath)
      let file = copy + "/" + exercise.path
      if FileManager.default.contents(atPath: file).map(Array.init) == text { continue }
      try Data(text ?? []).write(to: URL(fileURLWithPath: file))
    }
  }
}
