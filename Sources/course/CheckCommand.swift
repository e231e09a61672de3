import Checkers
import ExerciseRunner
import Foundation

/// `course check`: builds a chapter's checking program and tells each exercise's verdict.
struct CheckCommand {
  let course: CourseFolder
  let terminal = Terminal()

  /// Checks the exercises that words name and returns the exit status.
  func run(_ words: [String], asJSON isJSON: Bool) throws -> Int32 {
    let exercises = try exercises(words)
    var all: [Standing] = []
    var isCompiled = true
    for chapter in Course.chapters {
      let chosen = exercises.filter { $0.chapter == chapter.number }
      if chosen.isEmpty { continue }
      let result = Standings(course).check(chosen)
      all += result.standings
      if let errors = result.errors {
        isCompiled = false
        if !isJSON { show(errors, chapter.number) }
      }
      if !isJSON {
        for standing in result.standings { show(standing, result.printed[standing.id] ?? "") }
      }
    }
    if isJSON { try printJSON(["exercises": all]) }
    if !isJSON, all.count > 1 {
      print("\(all.count(where: \.isRight)) of \(all.count) exercises are right.")
    }
    if !isCompiled { return 2 }
    return all.allSatisfy(\.isRight) ? 0 : 1
  }

  /// The exercises that ids (`1.2`) and chapters (`1`) name; all, if there are none.
  private func exercises(_ words: [String]) throws(Complaint) -> [ExerciseOutline] {
    if words.isEmpty { return Course.exercises }
    var chosen: [ExerciseOutline] = []
    for word in words {
      if let exercise = Course.exercise(word) {
        chosen.append(exercise)
      } else if let number = Int(word), Course.chapters.contains(where: { $0.number == number }) {
        chosen += Course.exercises.filter { $0.chapter == number }
      } else {
        throw unknownExercise(word)
      }
    }
    return chosen
  }

  private func show(_ errors: CompilerMessages, _ chapter: Int) {
    print(terminal.red("Chapter \(chapter)'s exercises do not compile. The compiler says:"))
    print("")
    print(errors.text)
    print("")
    if errors.files.isEmpty, errors.text.contains("/Hosts/Chapter") {
      print(
        "The checker calls each function as the stub declares it. If a function was renamed, or its"
          + " parameters changed: swift run course reset puts a stub back and keeps your text.")
      print("")
    }
  }

  private func show(_ standing: Standing, _ printed: String) {
    let title = terminal.bold("\(standing.id)  \(standing.title)")
    let state = "\(standing.state), \(standing.points) of \(standing.ofPoints) points"
    print("\(title)  \(standing.isRight ? terminal.green(state) : terminal.red(state))")
    print(terminal.faint("     " + standing.file))
    for line in standing.message.components(separatedBy: "\n") where !line.isEmpty {
      print("     " + line)
    }
    let lines = printed.components(separatedBy: "\n").filter { !$0.isEmpty }
    if !lines.isEmpty {
      print("     Your code printed:")
      if lines.count > 20 { print("     | … \(lines.count) lines in all, the last of them:") }
      for line in lines.suffix(20) { print("     | " + line.prefix(200)) }
    }
    print("")
  }
}

/// The complaint about a word that names no exercise.
func unknownExercise(_ word: String) -> Complaint {
  .usage("there is no exercise \"\(word)\"", near(word, Course.exercises.map(\.id)))
}
