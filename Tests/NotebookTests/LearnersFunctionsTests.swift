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
}
