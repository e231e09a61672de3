import Testing

/// Chapter 8's exercises: the learner's answers, checked.
@Suite struct Chapter8 {
  @Test func `8.1 One anchor among the views`() throws { try check("8.1") }
  @Test func `8.2 A gradient that only turns`() throws { try check("8.2") }
  @Test func `8.3 More than one positive`() throws { try check("8.3") }
  @Test func `8.4 Two pictures of one patient`() throws { try check("8.4") }
  @Test func `8.5 Close together, spread out`() throws { try check("8.5") }
  @Test func `8.6 Patients on both sides`() throws { try check("8.6") }
}
