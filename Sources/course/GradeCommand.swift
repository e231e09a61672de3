import Checkers
import ExerciseRunner
import Foundation

/// `course grade`: every learner's points as CSV, and a manifest of the files that were graded.
struct GradeCommand {
  let course: CourseFolder
  /// The chapters to grade; none means all.
  let chapters: [Int]

  /// Grades each sub-folder; the CSV is written anew after each learner, so that nothing is lost.
  func run(_ folder: String, csv: String, asJSON isJSON: Bool) throws {
    let chosen = try chosenChapters()
    let grading = Grading(course: course, chapters: chosen, submissions: folder)
    let submissions = try Submission.all(in: folder, exercises: grading.exercises)
    let manifest = csv + ".sha256"
    try write(GradeTable.manifest(submissions), to: manifest)
    try write(GradeTable.csv([], grading.exercises), to: csv)
    Terminal.say("Building the course's copy for \(submissions.count) learners …")
    try grading.prepare()
    var grades: [Grade] = []
    for submission in submissions {
      let grade = try grading.grade(submission)
      grades.append(grade)
      try write(GradeTable.csv(grades, grading.exercises), to: csv)
      Terminal.say("\(grade.learner): \(grade.points) of \(grade.ofPoints) points")
    }
    if isJSON { return try printJSON(grades) }
    print("\(grades.count) learners graded: \(csv)")
    print("Files that were graded: \(manifest) (in \(folder): sha256sum -c)")
  }

  private func chosenChapters() throws(Complaint) -> [ChapterOutline] {
    let known = Course.chapters.filter { !$0.exercises.isEmpty }
    if chapters.isEmpty { return known }
    for number in chapters where !known.contains(where: { $0.number == number }) {
      throw .usage("there is no chapter \(number) with exercises", nil)
    }
    return known.filter { chapters.contains($0.number) }
  }

  private func write(_ text: String, to file: String) throws(Complaint) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw .output("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}

/// The texts that grading leaves behind.
enum GradeTable {
  /// One row for each learner: points in all, then points, state and message of each exercise.
  static func csv(_ grades: [Grade], _ exercises: [ExerciseOutline]) -> String {
    var head = ["learner", "points", "of"]
    for exercise in exercises {
      head += ["\(exercise.id) points", "\(exercise.id) state", "\(exercise.id) message"]
    }
    var rows = [head + ["notes"]]
    for grade in grades {
      var row = [grade.learner, "\(grade.points)", "\(grade.ofPoints)"]
      for standing in grade.exercises {
        row += ["\(standing.points)", standing.state, standing.message]
      }
      rows.append(row + [grade.notes.joined(separator: "; ")])
    }
    return rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A cell as RFC 4180 writes it.
  ///
  /// A text that a spreadsheet would take for a formula gets an apostrophe in front: learners write
  /// names and messages.
  static func cell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
    let isPlain = !text.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The digest and the path of each graded file, in the form that `sha256sum -c` reads.
  static func manifest(_ submissions: [Submission]) -> String {
    submissions.flatMap { submission in
      submission.paths.sorted { $0.key.isBefore($1.key) }.map { id, path in
        "\(sha256(submission.texts[id] ?? []))  \(path)\n"
      }
    }.joined()
  }
}
