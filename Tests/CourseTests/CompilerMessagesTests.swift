import Testing

@testable import course

@Suite struct CompilerMessagesTests {
  @Test func `errors are found in the learner's files, and progress is left out`() {
    let output = """
      Building for debugging...
      [3/9] Compiling Chapter1Exercises KMeansStep.swift
      error: emit-module command failed with exit code 1 (use -v to see invocation)
      /home/ann/course/exercises/Chapter1/KMeansStep.swift:12:9: error: cannot find 'x' in scope
      10 |
         |   `- error: cannot find 'x' in scope
      /home/ann/course/exercises/Chapter1/PseudoLabels.swift:3:1: warning: unused
      3 | let unused
      /home/ann/course/exercises/Chapter1/KMeansStep.swift:12:9: error: cannot find 'x' in scope
      """
    let messages = CompilerMessages(output: output)
    #expect(messages.files == ["exercises/Chapter1/KMeansStep.swift"])
    #expect(
      messages.firstErrors["exercises/Chapter1/KMeansStep.swift"]
        == "line 12: cannot find 'x' in scope")
    #expect(messages.text.hasPrefix("/home/ann/course/exercises/Chapter1/KMeansStep.swift:12:9"))
    #expect(messages.text.contains("`- error"))
    #expect(!messages.text.contains("warning") && !messages.text.contains("emit-module"))
  }
}
