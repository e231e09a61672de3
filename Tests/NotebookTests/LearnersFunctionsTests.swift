import Notebook
import Testing

struct LearnersFunctionsTests {
  private struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  @Test func `an answer that is there is given, and nothing noted`() {
    let learner = LearnersFunctions()
    #expect(learner.answer { 7 } == 7)
    #expect(learner.notes.isEmpty)
  }

  @Test func `a function that throws has no answer, and is noted once`() {
    let learner = LearnersFunctions(orElse: "the chapter's own")
    for name in ["loss", "slope", "loss"] {
      #expect(learner.answer { () throws -> Int in throw Missing(description: name) } == nil)
    }
    #expect(
      learner.notes == [
        "loss: the chapter's own does its work.", "slope: the chapter's own does its work.",
      ])
  }

  @Test func `an answer that is refused is noted once, with the command that says more`() {
    let learner = LearnersFunctions()
    learner.note("The picture is yours.")
    for _ in 0..<2 { learner.refuse("The loss is infinite", exercise: "8.1") }
    #expect(
      learner.notes == [
        "The picture is yours.",
        "The loss is infinite (swift run course check 8.1): the course's own does its work.",
      ])
  }

  @Test func `the report says when no function was asked`() {
    #expect(LearnersFunctions().report == "None of your functions was asked.")
  }

  @Test func `the report says that all that were asked did the work, and what they did`() {
    let learner = LearnersFunctions()
    #expect(learner.answer { 7 } == 7)
    let whole = "Your functions did all the work that they were asked to do."
    #expect(learner.report == whole)
    learner.note("The picture is yours.")
    #expect(learner.report == whole + "\nThe picture is yours.")
  }

  @Test(arguments: ["thrown", "refused", "wrong"])
  func `the report lists the notes where one failed, whatever others did`(how: String) {
    let learner = LearnersFunctions()
    #expect(learner.answer { 7 } == 7)
    learner.note("The picture is yours.")
    switch how {
    case "thrown":
      #expect(learner.answer { () throws -> Int in throw Missing(description: "loss") } == nil)
    case "refused": learner.refuse("The loss is infinite", exercise: "8.1")
    default: learner.note("Your weights are not those of the model.", isFault: true)
    }
    let lines = learner.report.split(separator: "\n").map(String.init)
    #expect(lines == ["Your functions:"] + learner.notes && lines.count == 3)
  }
}
