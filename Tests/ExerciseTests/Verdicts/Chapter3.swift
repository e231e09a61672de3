import Testing

/// Chapter 3's exercises: the learner's answers, checked.
@Suite struct Chapter3 {
  @Test func `3.1 One pair of patches`() throws { try check("3.1") }
  @Test func `3.2 Colours without one direction`() throws { try check("3.2") }
  @Test func `3.3 One channel is enough`() throws { try check("3.3") }
  @Test func `3.4 Turned, mirrored, counted`() throws { try check("3.4") }
  @Test func `3.5 How much a patch knows of its place`() throws { try check("3.5") }
  @Test func `3.6 The network that had seen nothing`() throws { try check("3.6") }
}
