import Checkers
import ExerciseRunner
import Foundation

/// `course`, `course next`, `course chapters`: where the learner stands and where to go on.
struct Board {
  let course: CourseFolder
  let terminal = Terminal()

  private struct Chapter: Encodable {
    var number: Int
    var title: String
    var page: String
    var run: String
    var exercises: [Standing]
  }

  private struct Answer: Encodable {
    var chapters: [Chapter]
    var solved: Int
    var total: Int
    var points: Int
    var ofPoints: Int
    var minutesLeft: Int
    var next: String?
  }

  private func answer() -> Answer {
    let standings = Standings(course)
    let chapters = Course.chapters.map { chapter in
      Chapter(
        number: chapter.number, title: chapter.title, page: "chapters/\(chapter.folder)/README.md",
        run: "swift run chapter\(chapter.number)",
        exercises: standings.standings(ofChapter: chapter))
    }
    let all = chapters.flatMap(\.exercises)
    return Answer(
      chapters: chapters, solved: all.count(where: \.isRight), total: all.count,
      points: all.reduce(0) { $0 + $1.points }, ofPoints: all.reduce(0) { $0 + $1.ofPoints },
      minutesLeft: all.reduce(0) { $0 + ($1.isRight ? 0 : $1.minutes) }, next: next(all)?.id)
  }

  /// An exercise that was begun comes before one that was not.
  private func next(_ standings: [Standing]) -> Standing? {
    standings.first { !$0.isRight && $0.state != State.notStarted.rawValue }
      ?? standings.first { !$0.isRight }
  }

  func show(asJSON isJSON: Bool) throws {
    let answer = answer()
    if isJSON { return try printJSON(answer) }
    let width = answer.chapters.flatMap(\.exercises).map(\.title.count).max() ?? 0
    for chapter in answer.chapters {
      print(
        terminal.bold("Chapter \(chapter.number)  \(chapter.title)") + "  "
          + terminal.faint(chapter.run))
      for standing in chapter.exercises { print(line(standing, width)) }
      print("")
    }
    print(
      "\(answer.solved) of \(answer.total) exercises solved, \(answer.points) of"
        + " \(answer.ofPoints) points, about \(answer.minutesLeft) minutes to go.")
    if let next = answer.next.flatMap({ id in
      answer.chapters.flatMap(\.exercises).first { $0.id == id }
    }) {
      print("")
      print("Next: \(advice(next))")
    } else {
      print("All done.")
    }
  }

  private func line(_ standing: Standing, _ width: Int) -> String {
    let stars = String(repeating: "*", count: standing.difficulty)
    let state = coloured(padded(standing.state, 16), standing.state)
    let points = "\(standing.points)/\(standing.ofPoints)"
    return "  \(standing.id)  \(padded(standing.title, width))  \(padded(standing.kind, 8))"
      + "  \(padded(stars, 3))  \(padded("\(standing.minutes) min", 6))  \(padded(points, 5)) \(state)"
  }

  private func coloured(_ text: String, _ state: String) -> String {
    switch state {
    case State.right.rawValue: terminal.green(text)
    case State.notStarted.rawValue: terminal.faint(text)
    case State.partlyRight.rawValue: terminal.yellow(text)
    default: terminal.red(text)
    }
  }

  private func advice(_ standing: Standing) -> String {
    if standing.state == State.notStarted.rawValue {
      return "\(standing.id) \(standing.title): open \(standing.file), write your answer, then"
        + " swift run course check \(standing.id)"
    }
    return "\(standing.id) \(standing.title) (\(standing.state)): swift run course check"
      + " \(standing.id); for a hint, swift run course hint \(standing.id)"
  }

  func showNext(asJSON isJSON: Bool) throws {
    let all = answer().chapters.flatMap(\.exercises)
    guard let standing = next(all), let exercise = Course.exercise(standing.id) else {
      if isJSON { return try printJSON([String: String]()) }
      return print("All exercises are solved.")
    }
    if isJSON { return try printJSON(standing) }
    let chapter = Course.chapters.first { $0.number == exercise.chapter }!
    print(
      terminal.bold("\(exercise.id)  \(exercise.title)") + "  (\(exercise.kind.rawValue), about"
        + " \(exercise.minutes) minutes, \(exercise.points) points; \(standing.state))")
    print("")
    print("Read    chapters/\(chapter.folder)/README.md, \"\(exercise.section)\"")
    print("Write   \(exercise.path)")
    print("Check   swift run course check \(exercise.id)")
    print("Stuck?  swift run course hint \(exercise.id)")
    if !standing.message.isEmpty {
      print("")
      print(standing.message)
    }
  }

  func showChapters(asJSON isJSON: Bool) throws {
    struct Item: Encodable {
      var number: Int
      var title: String
      var page: String
      var run: String
      var exercises: Int
      var minutes: Int
    }
    let items = Course.chapters.map { chapter in
      Item(
        number: chapter.number, title: chapter.title, page: "chapters/\(chapter.folder)/README.md",
        run: "swift run chapter\(chapter.number)", exercises: chapter.exercises.count,
        minutes: chapter.exercises.reduce(0) { $0 + $1.minutes })
    }
    if isJSON { return try printJSON(items) }
    for item in items {
      print(terminal.bold("\(item.number)  \(item.title)"))
      print("   \(item.run)    with your functions: \(item.run) --mine")
      print("   \(item.page)")
      print("   \(item.exercises) exercises, about \(item.minutes) minutes")
    }
  }
}
