// The editor works without JavaScript; with it the buttons that only stand in for a change event are not needed.
document.documentElement.classList.add("con-js");
