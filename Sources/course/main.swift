import Checkers
import ExerciseRunner
import Foundation

// `swift run course`: the guide to the exercises, and the teacher's tools.

// The checker's process, which this program starts for every exercise.
if CommandLine.arguments.dropFirst().first == Judge.command {
  Judge.run(Course.exercises, arguments: Array(CommandLine.arguments.dropFirst(2)))
}

do {
  let invocation = try Invocation(Array(CommandLine.arguments.dropFirst()))
  exit(try perform(invocation))
} catch let complaint as Complaint {
  Terminal.say("course: \(complaint.message)")
  exit(complaint.status)
} catch {
  Terminal.say("course: \(error)")
  exit(70)
}

func perform(_ invocation: Invocation) throws -> Int32 {
  if invocation.isHelp {
    print(Invocation.help)
    return 0
  }
  let course = try CourseFolder.find()
  let (words, isJSON) = (invocation.words, invocation.isJSON)
  switch invocation.command {
  case .board: try Board(course: course).show(asJSON: isJSON)
  case .next: try Board(course: course).showNext(asJSON: isJSON)
  case .chapters: try Board(course: course).showChapters(asJSON: isJSON)
  case .check: return try CheckCommand(course: course).run(words, asJSON: isJSON)
  case .hint:
    try HintCommand(course: course).run(words[0], tier: invocation.tier, asJSON: isJSON)
  case .reset:
    return try ResetCommand(course: course).run(
      words[0], isSure: invocation.isYes, asJSON: isJSON)
  case .grade:
    try GradeCommand(course: course, chapters: invocation.chapters).run(
      words[0], csv: invocation.csv!, asJSON: isJSON)
  case .studentTree:
    try StudentTree(of: course).copy(to: words[0], asJSON: isJSON)
  }
  return 0
}
