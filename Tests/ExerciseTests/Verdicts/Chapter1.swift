import Testing

/// Chapter 1's exercises: the learner's answers, checked.
@Suite struct Chapter1 {
  @Test func `1.1 Labels from nothing`() throws { try check("1.1") }
  @Test func `1.2 One step of k-means`() throws { try check("1.2") }
  @Test func `1.3 A score too good to be true`() throws { try check("1.3") }
  @Test func `1.4 Pseudo-labels`() throws { try check("1.4") }
  @Test func `1.5 What a baseline changes`() throws { try check("1.5") }
}
